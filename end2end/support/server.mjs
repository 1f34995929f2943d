// The program under test: where it is, what it is started with, and how a script starts and stops it.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** CANDLEWICK_BIN lets the same tests look at a release build. */
export const SERVER = process.env.CANDLEWICK_BIN
  ?? fileURLToPath(new URL("../../target/debug/candlewick", import.meta.url));

/** The account that operates the server under test. */
export const OPERATOR_EMAIL = "operator@example.com";

export const BROWSER_FLAGS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

/** A port nobody listens on now, found without waiting so that a configuration file can ask. */
export function freePort() {
  const code = "const s=require('net').createServer().listen(0,'127.0.0.1',()=>{console.log(s.address().port);s.close()})";
  return Number(execFileSync(process.execPath, ["-e", code], { encoding: "utf8" }));
}

export function temporaryFolder() {
  const folder = mkdtempSync(path.join(tmpdir(), "candlewick-end2end-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** No key, no network: the bundled data, seeded ticks, and no limit on how often one address registers. */
export function serverEnvironment(port, folder) {
  return {
    CANDLEWICK_ADDR: `127.0.0.1:${port}`,
    CANDLEWICK_PUBLIC_URL: `http://127.0.0.1:${port}`,
    CANDLEWICK_DATA_DIR: folder,
    CANDLEWICK_SEED: "7",
    CANDLEWICK_MARKET_PROVIDER: "bundled",
    CANDLEWICK_LIVE: "simulated",
    CANDLEWICK_RATE_LIMITS: "off",
    CANDLEWICK_ADMIN_EMAIL: OPERATOR_EMAIL,
    CANDLEWICK_LOG: process.env.CANDLEWICK_LOG ?? "warn",
  };
}

/** Starts a server of its own for a script; answers its address and how to stop it. */
export async function startServer() {
  const port = freePort();
  const env = { ...process.env, ...serverEnvironment(port, temporaryFolder()) };
  const server = spawn(SERVER, ["serve"], { env, stdio: ["ignore", "ignore", "inherit"] });
  const url = `http://127.0.0.1:${port}`;
  const stop = () => server.kill("SIGTERM");
  process.on("exit", stop);
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (server.exitCode !== null) throw new Error(`the server ended with ${server.exitCode}`);
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.ok) return { url, stop };
    await new Promise((done) => setTimeout(done, 200));
  }
  stop();
  throw new Error("the server was not ready within a minute");
}
