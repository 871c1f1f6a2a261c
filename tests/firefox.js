// Drives Firefox over WebDriver BiDi: node firefox.js PROGRAM SCRIPT, with what the script is
// given as JSON on the standard input. Prints what it returns, and the page's errors, as JSON.

import { readFileSync } from "node:fs";
import puppeteer from "puppeteer-core";

const [executablePath, script] = process.argv.slice(2);
const { default: visit } = await import(script);
const browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true });
try {
  const page = await browser.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  const seen = await visit(page, JSON.parse(readFileSync(0, "utf8")), complaints);
  console.log(JSON.stringify({ complaints, ...seen }));
} finally {
  await browser.close();
}
