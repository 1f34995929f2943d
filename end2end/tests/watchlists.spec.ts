import { type Page } from "@playwright/test";
import { expect, open, test, withoutScripts } from "../support/member";

const card = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const symbols = (page: Page, name: string) => card(page, name).locator(".list-row strong");

async function create(page: Page, name: string) {
  const form = page.getByRole("region", { name: "A new list" });
  await form.getByLabel("Name").fill(name);
  await form.getByRole("button", { name: "Create list" }).click();
  await expect(card(page, name)).toBeVisible();
}

async function add(page: Page, list: string, symbol: string) {
  await card(page, list).getByLabel("Symbol to add").fill(symbol);
  await card(page, list).getByRole("button", { name: "Add", exact: true }).click();
  await expect(symbols(page, list).filter({ hasText: symbol })).toHaveCount(1);
}

test("a list is made, filled, reordered, renamed, emptied and deleted", async ({ page }) => {
  await open(page, "/watchlists");
  await create(page, "Chips");
  await add(page, "Chips", "NVDA");
  await add(page, "Chips", "AMD");
  await add(page, "Chips", "INTC");
  await expect(symbols(page, "Chips")).toHaveText(["NVDA", "AMD", "INTC"]);

  await card(page, "Chips").getByRole("button", { name: "Move INTC up" }).click();
  await expect(symbols(page, "Chips")).toHaveText(["NVDA", "INTC", "AMD"]);
  await card(page, "Chips").getByRole("button", { name: "Move NVDA down" }).click();
  await expect(symbols(page, "Chips")).toHaveText(["INTC", "NVDA", "AMD"]);
  await page.reload();
  await expect(symbols(page, "Chips"), "the order is kept").toHaveText(["INTC", "NVDA", "AMD"]);

  await card(page, "Chips").getByText("Rename or delete").click();
  await card(page, "Chips").getByLabel("New name").fill("Semiconductors");
  await card(page, "Chips").getByRole("button", { name: "Rename", exact: true }).click();
  await expect(card(page, "Semiconductors")).toBeVisible();
  await expect(card(page, "Chips")).toHaveCount(0);

  await card(page, "Semiconductors").getByRole("button", { name: "Remove NVDA" }).click();
  await expect(symbols(page, "Semiconductors")).toHaveText(["INTC", "AMD"]);

  const remove = card(page, "Semiconductors").getByRole("button", { name: "Delete Semiconductors" });
  if (!(await remove.isVisible())) await card(page, "Semiconductors").getByText("Rename or delete").click();
  await remove.click();
  await expect(card(page, "Semiconductors")).toHaveCount(0);
  await expect(card(page, "Core Blue Chips"), "the other list stays").toBeVisible();
});

test("a new list is a choice on the dashboard and shows its symbols there", async ({ page }) => {
  await open(page, "/watchlists");
  await create(page, "Two of them");
  await add(page, "Two of them", "AMD");
  await card(page, "Two of them").getByRole("link", { name: "Show" }).click();
  await expect(page).toHaveURL(/\/overview\?list=/);
  await expect(page.getByRole("heading", { name: "Two of them" })).toBeVisible();
  await expect(page.locator("tr[data-symbol]")).toHaveCount(1);
});

test("lists are made and filled with scripts switched off", async ({ browser }) => {
  await withoutScripts(browser, async (page) => {
    await page.goto("/watchlists");
    await create(page, "Plain forms");
    await add(page, "Plain forms", "AMD");
    await add(page, "Plain forms", "INTC");
    await card(page, "Plain forms").getByRole("button", { name: "Move INTC up" }).click();
    await expect(symbols(page, "Plain forms")).toHaveText(["INTC", "AMD"]);
    await expect(page).toHaveURL(/\/watchlists/);
  });
});
