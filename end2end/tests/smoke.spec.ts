import { expect, expectAccessible, test } from "../support/test";

test("the server says that it is well", async ({ request }) => {
  for (const path of ["/healthz", "/readyz"]) {
    expect((await request.get(path)).status(), path).toBe(200);
  }
});

for (const path of ["/", "/login", "/register"]) {
  test(`${path} renders, is accessible and leaves the console quiet`, async ({ page }) => {
    const answer = await page.goto(path);
    expect(answer?.status()).toBe(200);
    await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
    await page.waitForLoadState("networkidle");
    await expectAccessible(page);
  });
}

test("an unknown address has a page of its own and says 404", async ({ request }) => {
  const answer = await request.get("/there-is-no-such-page");
  expect(answer.status()).toBe(404);
  expect(answer.headers()["content-type"]).toContain("text/html");
});

test("built files are compressed and may be kept for ever", async ({ page }) => {
  const seen = new Map<string, Record<string, string>>();
  page.on("response", (answer) => {
    const { pathname } = new URL(answer.url());
    if (pathname.startsWith("/assets/")) seen.set(pathname, answer.headers());
  });
  await page.goto("/");
  await page.waitForLoadState("networkidle");
  for (const end of [".css", ".js", ".wasm"]) {
    const found = [...seen].find(([name]) => name.endsWith(end));
    expect(found, `a ${end} was loaded`).toBeDefined();
    expect(found?.[1]["cache-control"], end).toContain("immutable");
    expect(["br", "gzip"], end).toContain(found?.[1]["content-encoding"]);
  }
});
