// A grammY echo bot on a webhook, as in grammY's documentation: one outgoing call for each message.
import { createServer } from "node:http";
import { Bot, webhookCallback } from "grammy";

const [port, apiRoot, token, secretToken] = process.argv.slice(2);
const bot = new Bot(token, { client: { apiRoot } });
bot.on("message:text", (ctx) => ctx.reply(ctx.message.text));
createServer(webhookCallback(bot, "http", { secretToken })).listen(Number(port), "127.0.0.1");
