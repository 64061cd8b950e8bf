import type { Connection } from '@laurelkit/sdk/client';

/** Sends a request that is no JSON as the one who asks. @throws what the API said, with `status` and `code`. */
export async function fetchAs({ baseUrl, token }: Connection, path: string, init: RequestInit = {}): Promise<Response> {
  const bearer = typeof token === 'function' ? await token() : token;
  const response = await fetch(`${baseUrl.replace(/\/+$/, '')}${path}`, {
    ...init,
    headers: { ...init.headers, ...(bearer && { authorization: `Bearer ${bearer}` }) },
  });
  if (!response.ok) {
    const problem = (await response.json().catch(() => ({}))) as { detail?: string; code?: string };
    throw Object.assign(new Error(problem.detail ?? ''), { status: response.status, code: problem.code });
  }
  return response;
}

/** Hands something over to be saved as a file. */
export function handOver(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // The browser may still be reading it.
  setTimeout(URL.revokeObjectURL, 60_000, link.href);
}
