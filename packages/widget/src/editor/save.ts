import { fetchAs, handOver } from '../forms/save-file.ts';
import type { Editor } from './store.ts';

/** What can be saved of a contest: its path below the contest, and how the file's name ends. */
export const files = {
  csv: ['leaderboard.csv', '-leaderboard.csv'],
  photoFinish: ['photo-finish.csv', '-photo-finish.csv'],
  evidence: ['draw/evidence.json', '-evidence.json'],
  evidencePage: ['draw/evidence.html', '-evidence.html'],
  rules: ['rules.html', '-rules.html'],
} as const;

/** Reads a file as the one who asks, since a link cannot carry their token, and hands it over to be saved. */
export async function saveFile(editor: Editor, slug: string, file: keyof typeof files): Promise<void> {
  const [path, end] = files[file];
  await editor.act(async (who) => {
    const response = await fetchAs(who, `/contests/${encodeURIComponent(slug)}/${path}`);
    handOver(await response.blob(), `${slug}${end}`);
  }, 'fileSaid');
}
