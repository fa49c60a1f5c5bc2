// Drives Chromium or Firefox with Puppeteer for a program that writes one order a line, and answers each with a line.
// Arguments: the module of Puppeteer, "chrome" or "firefox", the program, the folder of the profile.

import readline from "node:readline";

const [module, browser, executablePath, userDataDir] = process.argv.slice(2);
const { default: puppeteer } = await import(module);
const started = await puppeteer.launch({
  browser,
  executablePath,
  userDataDir,
  headless: !process.env.DISPLAY,
  defaultViewport: null,
  ignoreDefaultArgs: ["--enable-automation"],
  args: browser === "chrome"
    ? ["--no-sandbox", "--test-type", "--kiosk", "--force-renderer-accessibility", "--no-first-run", "--autoplay-policy=no-user-gesture-required"]
    : ["--kiosk"],
  extraPrefsFirefox: {
    "accessibility.force_disabled": -1,
    "media.autoplay.default": 0,
    "media.autoplay.blocking_policy": 0,
    "datareporting.policy.dataSubmissionEnabled": false,
  },
});
const page = (await started.pages())[0] ?? (await started.newPage());
const complaints = [];
page.on("console", (message) => complaints.push(message.text()));
page.on("pageerror", (error) => complaints.push(String(error)));

const orders = {
  version: () => started.version(),
  open: (address) => page.goto(address).then(() => null),
  evaluate: (code) => page.evaluate(code),
  click: (selector) => page.click(selector),
  press: (key) => page.keyboard.press(key),
  complaints: () => complaints,
};

async function answered(order, values) {
  try {
    return { value: (await order(...values)) ?? null };
  } catch (error) {
    return { error: String(error) };
  }
}

for await (const line of readline.createInterface({ input: process.stdin })) {
  const [order, ...values] = JSON.parse(line);
  const answer = await answered(orders[order], values);
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
await started.close();
