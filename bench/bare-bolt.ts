import { App, HTTPReceiver, LogLevel } from '@slack/bolt';

/** What Bolt costs by itself: one command that answers at once with a card of the same size as ours. */
const [port, signingSecret, answer] = process.argv.slice(2);
const receiver = new HTTPReceiver({ signingSecret: signingSecret ?? '', logLevel: LogLevel.ERROR });
const app = new App({
  receiver,
  logLevel: LogLevel.ERROR,
  convoStore: false,
  authorize: async () => ({ botToken: 'xoxb-bench', botId: 'B0BENCH', botUserId: 'U0BENCH' }),
});
const content = JSON.parse(answer ?? '{}');
app.command('/owner', async ({ ack }) => ack(content));
await receiver.start({ port: Number(port), host: '127.0.0.1' });
