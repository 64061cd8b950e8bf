import { once } from 'node:events';
import type { ServerResponse } from 'node:http';

/** Sends a Fetch `Response` over a Node response: every `set-cookie` kept, streams as they come, no faster than they go. */
export async function sendResponse(response: Response, outgoing: ServerResponse): Promise<void> {
  const headers = Object.fromEntries([...response.headers].filter(([name]) => name !== 'set-cookie'));
  const cookies = response.headers.getSetCookie();
  outgoing.writeHead(response.status, cookies.length > 0 ? { ...headers, 'set-cookie': cookies } : headers);
  if (!response.body) {
    outgoing.end();
    return;
  }
  const reader = response.body.getReader();
  const leave = () => void reader.cancel().catch(() => {});
  outgoing.on('close', leave);
  outgoing.flushHeaders();
  try {
    for (let chunk = await reader.read(); !chunk.done && !outgoing.destroyed; chunk = await reader.read()) {
      if (!outgoing.write(chunk.value)) await Promise.race([once(outgoing, 'drain'), once(outgoing, 'close')]);
    }
  } finally {
    outgoing.off('close', leave);
    outgoing.end();
  }
}
