// A person with an account, as the pages know one.
let count = 0;

/** E-mail, password and name nobody has used in this run. */
export function newPerson() {
  count += 1;
  const unique = `${process.pid}-${Date.now()}-${count}`;
  return { email: `ada-${unique}@example.com`, password: `correct-horse-${unique}`, fullName: "Ada Lovelace" };
}

/** Registers through the page and waits for the dashboard. */
export async function register(page, person = newPerson()) {
  await page.goto("/register");
  await page.getByLabel(/name/i).first().fill(person.fullName);
  await page.getByLabel(/e-?mail/i).first().fill(person.email);
  await page.getByLabel(/password/i).first().fill(person.password);
  await page.locator("main form button[type=submit], main form input[type=submit]").first().click();
  await page.waitForURL("**/overview");
  return person;
}
