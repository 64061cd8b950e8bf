import type { CommitmentDocument } from '@laurelkit/sdk/draws';
import { escapeHtml } from '../mail/message.ts';
import { pseudonym } from '../pseudonym.ts';
import { readablePage } from '../readable-page.ts';
import type { EvidenceFacts } from './evidence-facts.ts';

const code = (text: string | number) => `<code>${escapeHtml(String(text))}</code>`;
const when = (iso: string) => `${iso.slice(0, 19).replace('T', ' ')} UTC`;
const count = (value: number) => value.toLocaleString('en-US');

const facts = (pairs: readonly (readonly [string, string])[]) =>
  `<dl>\n${pairs.map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`).join('\n')}\n</dl>`;

const table = (headings: readonly string[], rows: readonly (readonly string[])[]) => `<table>
<thead><tr>${headings.map((heading) => `<th scope="col">${heading}</th>`).join('')}</tr></thead>
<tbody>
${rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('\n')}
</tbody>
</table>`;

const section = (heading: string, ...parts: readonly string[]) =>
  `<section>\n<h2>${heading}</h2>\n${parts.join('\n')}\n</section>`;

/** Entries are called as boards call those who chose no name. */
const entry = (entryId: string) => `${pseudonym(entryId)} ${code(entryId)}`;

const listed = (names: readonly string[]) => names.map((name) => escapeHtml(name)).join('; ');

function promiseWords({ commitments }: EvidenceFacts, { endsAt }: CommitmentDocument): string {
  const isLate = commitments.every(({ committedAt }) => committedAt >= endsAt);
  return isLate
    ? `The contest ended at ${when(endsAt)}, and only then were its terms written down: nothing shows that they were not chosen to suit somebody.`
    : `Before the contest ended at ${when(endsAt)}, its terms were published under these hashes. The last one counts.`;
}

function sourceWords({ source }: CommitmentDocument): string {
  if (source.kind === 'none') return 'Nothing is left to chance: points and who reached them first decide.';
  if (source.kind === 'numbers') return `Public numbers decide: ${listed(source.numbers)}.`;
  return `Round ${count(source.round)} of the drand beacon ${code(source.chain.hash)} decides, or a later one where the entries were frozen late.`;
}

function randomnessWords({ randomness, freeze }: EvidenceFacts): string {
  if (randomness === null) return '<p>Nothing was left to chance.</p>';
  if (randomness.kind === 'numbers') {
    const numbers = randomness.numbers.map((list) => code(list.join(' '))).join(', ');
    const why = freeze.round === null ? '' : ' They decided because the beacon could not be reached for a day.';
    return `<p>Public numbers decided: ${numbers}.${why}</p>`;
  }
  return facts([
    ['Round', count(randomness.round)],
    ['Signature', code(randomness.signature)],
    ['Randomness', code(randomness.randomness)],
  ]);
}

/** The evidence of a drawn contest for people: three plain steps, who won, who was taken out, and how to check it all. */
export function evidencePage(evidence: EvidenceFacts): string {
  const { contest, commitments, freeze, winners, disqualifications, receiptKey } = evidence;
  const last = commitments.at(-1);
  const terms = JSON.parse(last?.document ?? '{}') as CommitmentDocument;
  const versions = commitments.map(({ version, committedAt, hash }) => [
    String(version),
    when(committedAt),
    code(hash),
  ]);
  const won = winners.map(({ place, prize, entryId, state }) => [
    count(place),
    escapeHtml(prize),
    entry(entryId),
    state,
  ]);
  const out = disqualifications.map(({ number, entryId, reason, at }) => [
    count(number),
    entry(entryId),
    `<span dir="auto">${escapeHtml(reason)}</span>`,
    when(at),
  ]);
  const body = [
    `<h1 dir="auto">${escapeHtml(contest.name)}</h1>`,
    '<p class="about">How this contest was decided, and how anybody can check it.</p>',
    section(
      '1. What was promised',
      `<p>${promiseWords(evidence, terms)}</p>`,
      table(['Version', 'Published', 'SHA-256'], versions),
      `<p>${sourceWords(terms)}</p>`,
    ),
    section(
      '2. Who took part',
      `<p>When it had ended, all entries were written down and sealed by one root${freeze.round === null ? '' : ', before the round that decides had appeared'}.</p>`,
      facts([
        ['Frozen', when(freeze.frozenAt)],
        ['Entries', count(freeze.root.count)],
        [contest.kind === 'raffle' ? 'Tickets' : 'Points', count(freeze.root.sum)],
        ['Root', code(freeze.root.hash)],
      ]),
    ),
    section('3. What decided', randomnessWords(evidence)),
    section(
      'Who won',
      won.length > 0 ? table(['Place', 'Prize', 'Entry', 'State'], won) : '<p>Nobody has been selected yet.</p>',
    ),
    section(
      'Who was taken out',
      out.length > 0
        ? table(['Number', 'Entry', 'Reason', 'When'], out)
        : '<p>Nobody. Had somebody been, nobody else would have moved: the next in order takes a place that was won.</p>',
    ),
    section(
      'Check it yourself',
      '<p>Save <a href="evidence.json">the evidence</a>, which lists every entry and the whole order, and run</p>',
      '<pre>npx @laurelkit/server-adapter verify evidence.json</pre>',
      '<p>It computes every step above anew and needs no trust in whoever ran the contest. Compare the root and the hashes with what you kept; a receipt is checked with this key:</p>',
      `<p>${code(receiptKey)}</p>`,
    ),
  ];
  return readablePage(`How “${contest.name}” was decided`, body.join('\n'));
}
