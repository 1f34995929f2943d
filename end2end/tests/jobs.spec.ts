import { expect, open, operate, test } from "../support/operator";
import { join, test as memberTest } from "../support/member";

const ADDRESS = `http://127.0.0.1:${process.env.CANDLEWICK_E2E_PORT}`;

test("an operator sees queues, the schedule and the latest jobs, and new ones arrive by themselves", async ({ page, browser }) => {
  await open(page, "/overview");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Jobs" }).click();
  await expect(page.getByRole("heading", { name: "Jobs", level: 1 })).toBeVisible();
  const queues = page.getByRole("region", { name: "Queues" });
  await expect(queues.locator("tr[data-queue]")).toHaveCount(5);
  const schedule = page.getByRole("region", { name: "Schedule" });
  await expect(schedule.locator("tr[data-line=tidy_jobs]")).toContainText("Forget finished jobs");

  const latest = page.getByRole("region", { name: "Latest" });
  await expect(latest.locator("tr[data-job=onboard_user]").first()).toContainText("done");
  const before = await latest.locator("tbody tr").count();
  const stranger = await browser.newContext({ baseURL: ADDRESS });
  await join(await stranger.newPage());
  await stranger.close();
  await expect.poll(() => latest.locator("tbody tr").count(), { message: "without a reload" }).toBeGreaterThan(Math.min(before, 49));

  await latest.getByRole("link", { name: "dead", exact: true }).click();
  await expect(page).toHaveURL(/state=dead/);
  await expect(latest.locator("tr[data-job=onboard_user]")).toHaveCount(0);
});

test("an operator pauses a queue and lets it go on, also without scripts", async ({ browser }) => {
  for (const javaScriptEnabled of [true, false]) {
    const context = await browser.newContext({ javaScriptEnabled, baseURL: ADDRESS });
    const page = await context.newPage();
    await operate(page);
    await (javaScriptEnabled ? open(page, "/jobs") : page.goto("/jobs"));
    const reports = page.locator("tr[data-queue=reports]");
    await reports.getByRole("button", { name: "Pause: reports" }).click();
    await expect(reports).toContainText("paused");
    await reports.getByRole("button", { name: "Go on: reports" }).click();
    await expect(reports).not.toContainText("paused");
    await expect(page).toHaveURL(/\/jobs$/);
    await context.close();
  }
});

memberTest.use({ allowedConsole: [/status of 403/] });

memberTest("who does not operate the installation neither finds nor opens the page", async ({ page, member }) => {
  await open(page, "/overview");
  await expect(page.getByRole("link", { name: "Jobs" })).toHaveCount(0);
  await page.goto("/jobs");
  await expect(page.locator("#main")).toContainText("You may not operate this installation");
  await expect(page.locator("#main")).not.toContainText("onboard_user");
});
