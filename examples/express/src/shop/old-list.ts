import { createHash } from 'node:crypto';
import type { Laurel } from '@laurelkit/server-adapter';
import { letterProgram } from '../laurel.ts';

const columns = ['email', 'name', 'code', 'referrerEmail', 'state', 'createdAt'];

/** Readers of the letter before there was Laurel, as the product of then gave them out. One line is broken. They are made up. */
const lines = [
  ['nadia@example.org', 'Nadia', 'NADIA', '', '', '2025-03-01'],
  ['otto@example.org', 'Otto', 'OTTO', 'nadia@example.org', 'approved', '2025-03-09'],
  ['pilar@example.org', 'Pilar', '', 'nadia@example.org', 'approved', '2025-04-02'],
  ['quentin@example.org', 'Quentin', '', 'otto@example.org', 'pending', '2025-04-02'],
  ['not an address', 'Rosalind', '', '', '', '2025-05-05'],
];

const rows = lines.map((values, index) => ({
  line: index + 2,
  values: Object.fromEntries(columns.map((column, position) => [column, values[position] ?? ''])),
}));

const fingerprint = createHash('sha256').update(JSON.stringify(lines)).digest('hex');

/** What came of the list, or what would. */
export interface OldListReport {
  state: string;
  people: number;
  referrals: number;
  refused: { line: number; reason: string }[];
}

/** The import of the list: the same one however often it is begun. */
async function begin({ api }: Laurel): Promise<string> {
  const { id, state } = await api.transfers.createImport({
    program: letterProgram,
    source: 'csv',
    columns,
    fingerprint,
  });
  if (state === 'open') await api.transfers.addRows({ import: id, rows });
  return id;
}

/** Says what bringing the list in would come to. Changes nothing. */
export async function checkOldList(laurel: Laurel): Promise<OldListReport> {
  const { state, made, problems } = await laurel.api.transfers.checkImport({ import: await begin(laurel) });
  return { state, people: made.participants, referrals: made.referrals, refused: problems };
}

/** Brings the list in. Broken off anywhere, it goes on where it stopped. */
export async function applyOldList(laurel: Laurel): Promise<OldListReport> {
  const id = await begin(laurel);
  let report = await laurel.api.transfers.applyImport({ import: id });
  while (report.state !== 'done') report = await laurel.api.transfers.applyImport({ import: id });
  const { items } = await laurel.api.transfers.importProblems({ import: id });
  return { state: 'done', people: report.made.participants, referrals: report.made.referrals, refused: items };
}
