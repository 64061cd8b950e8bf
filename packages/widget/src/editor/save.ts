import type { Editor } from './store.ts';

/** What can be saved of a contest: its path below the contest, and how the file's name ends. */
export const files = {
  csv: ['leaderboard.csv', '-leaderboard.csv'],
  evidence: ['draw/evidence.json', '-evidence.json'],
  evidencePage: ['draw/evidence.html', '-evidence.html'],
  rules: ['rules.html', '-rules.html'],
} as const;

/** Reads a file as the one who asks, since a link cannot carry their token, and hands it over to be saved. */
export async function saveFile(editor: Editor, slug: string, file: keyof typeof files): Promise<void> {
  const [path, end] = files[file];
  await editor.act(async ({ baseUrl, token }) => {
    const bearer = typeof token === 'function' ? await token() : token;
    const response = await fetch(`${baseUrl.replace(/\/+$/, '')}/contests/${encodeURIComponent(slug)}/${path}`, {
      headers: bearer ? { authorization: `Bearer ${bearer}` } : {},
    });
    if (!response.ok) {
      const problem = (await response.json().catch(() => ({}))) as { detail?: string; code?: string };
      throw Object.assign(new Error(problem.detail ?? ''), { status: response.status, code: problem.code });
    }
    const link = document.createElement('a');
    link.href = URL.createObjectURL(await response.blob());
    link.download = `${slug}${end}`;
    link.click();
    // The browser may still be reading it.
    setTimeout(URL.revokeObjectURL, 60_000, link.href);
  }, 'fileSaid');
}
