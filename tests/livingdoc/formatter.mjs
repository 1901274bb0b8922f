// node formatter.mjs MESSAGES HTML: what Cucumber's own formatter makes of a stream of messages.
import { createReadStream, createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import { pipeline } from "node:stream/promises";
import { CucumberHtmlStream } from "@cucumber/html-formatter";

const [from, to] = process.argv.slice(2);
const html = new CucumberHtmlStream();
const written = pipeline(html, createWriteStream(to));
for await (const line of createInterface({ input: createReadStream(from) })) html.write(JSON.parse(line));
html.end();
await written;
