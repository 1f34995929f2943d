// What goes wrong in another process, seen live by who operates: a job nobody knows is put into the database as a worker
// of another version would, dies, and is told on the page of alerts and kept as a dead letter.
import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { expect, open, test } from "../support/operator";

const DATABASE = join(process.env.CANDLEWICK_E2E_DATA ?? "", "candlewick.db");

/** Queues a job of a kind that this version does not know. */
function leave(kind: string) {
  const now = new Date().toISOString().replace("Z", "+00:00");
  const id = randomUUID().replaceAll("-", "");
  const sql = `pragma busy_timeout = 10000;
    insert into jobs (id, queue, kind, payload, state, max_attempts, errors, run_at, created_at, changed_at)
    values (x'${id}', 'default', '${kind}', '{}', 'queued', 1, '[]', '${now}', '${now}', '${now}');`;
  execFileSync("sqlite3", [DATABASE, sql]);
}

test("a job that dies is told while operators look, and is a dead letter with its error until it is discarded", async ({
  page,
  context,
}) => {
  const kind = `vanished_${Date.now()}`;
  await open(page, "/operations/alerts");
  const jobs = await context.newPage();
  await open(jobs, "/jobs");
  leave(kind);

  await expect(page.getByText(`A job failed for good: ${kind}`), "without a reload").toBeVisible();
  const letters = jobs.getByRole("region", { name: "Dead letters" });
  const letter = letters.locator(`li[data-job=${kind}]`);
  await expect(letter, "without a reload").toContainText(`nobody knows jobs of kind ${kind}`);
  await letter.getByText("1 error").click();
  await expect(letter.locator(".job-errors li")).toHaveCount(1);

  await letter.getByRole("button", { name: `Try ${kind} again` }).click();
  await expect(letter, "it dies again, with both errors").toContainText("2 errors");
  await letter.getByRole("button", { name: `Discard ${kind}` }).click();
  await expect(letter).toHaveCount(0);

  const alert = page.locator(".ops-alert", { hasText: kind });
  await expect(alert, "it counted up, live").toContainText("2 times");
  await alert.getByRole("button", { name: "Acknowledge" }).click();
  await expect(page.getByRole("region", { name: "Seen or over" })).toContainText(kind);
});
