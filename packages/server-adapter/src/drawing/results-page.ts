import type { contract, Output } from '@laurelkit/sdk/contract';
import { escapeHtml } from '../mail/message.ts';
import { readablePage } from '../readable-page.ts';

type Results = Output<typeof contract.draws.results>;

/** What became of places that somebody lost. */
const lost = { lapsed: 'not claimed in time', disqualified: 'disqualified' };

function winner({ name, state }: Results['items'][number]): string {
  const shown = `<bdi>${escapeHtml(name)}</bdi>`;
  return state === 'lapsed' || state === 'disqualified' ? `<s>${shown}</s> (${lost[state]})` : shown;
}

const row = (each: Results['items'][number]) =>
  `<tr><td>${each.place}</td><td>${winner(each)}</td><td><span dir="auto">${escapeHtml(each.prize)}</span></td></tr>`;

function body({ items, published, state }: Results, prizes: number): string {
  if (items.length > 0) {
    return `<table>
<thead><tr><th scope="col">Place</th><th scope="col">Winner</th><th scope="col">Prize</th></tr></thead>
<tbody>
${items.map(row).join('\n')}
</tbody>
</table>
<p><a href="draw/evidence.html">How it was decided</a>, and how anybody can check it.</p>`;
  }
  if (prizes === 0 && (state === 'frozen' || state === 'closed')) {
    return '<p>There was nothing to win: the board shows how it ended. <a href="draw">What its entries were sealed with</a>.</p>';
  }
  if (published) return '<p>Nobody holds a prize.</p>';
  return state === 'drawn' || state === 'closed'
    ? '<p>The results are not public yet.</p>'
    : '<p>The contest is not decided yet.</p>';
}

/** Who won, for people: by place, under the names that the contest shows; or that there was nothing to win. */
export const resultsPage = (contestName: string, prizes: number, results: Results): string =>
  readablePage(
    `Results of “${contestName}”`,
    `<h1 dir="auto">${escapeHtml(contestName)}</h1>
<p class="about">Results. <a href="rules.html">Official rules</a></p>
${body(results, prizes)}`,
  );
