import type { Api } from '@laurelkit/sdk/client';

/** A line of a board, as the contract has it. */
export type Row = Awaited<ReturnType<Api['leaderboards']['list']>>['items'][number];

/** Somebody in a fixture: a fictional first name and a score. */
export type Person = readonly [name: string, score: number];

/** Rows of people with ranks after the tie rule: best first, equals share a rank. */
export function rank(people: readonly Person[]): Row[] {
  const sorted = people.map(([name, score], index) => ({ name, score, index }));
  sorted.sort((one, other) => other.score - one.score || one.index - other.index);
  const scores = [...new Set(sorted.map(({ score }) => score))];
  return sorted.map(({ name, score, index }, at) => ({
    id: `b${index + 1}`,
    name,
    avatarUrl: null,
    rank: sorted.findIndex((other) => other.score === score) + 1,
    denseRank: scores.indexOf(score) + 1,
    ordinal: at + 1,
    score,
    tiedWith: sorted.filter((other) => other.score === score).length - 1,
    seq: at + 1,
  }));
}

const names =
  'Mira Joaquim Nadia Tomas Ines Oskar Leila Bruno Yara Emil Saskia Rafael Noor Anton Paula Hugo Zofia Karim Linnea Mateo Aino Dario Elif Jonas Rosa Milan Freya Tariq Vera Luca'.split(
    ' ',
  );

/** A lively contest of `count` people. */
export const crowd = (count: number): Person[] =>
  Array.from({ length: count }, (_, index): Person => {
    const name = names[index % names.length] ?? 'Ida';
    const round = Math.floor(index / names.length);
    return [
      round ? `${name} ${String.fromCharCode(64 + ((round - 1) % 26) + 1)}.` : name,
      Math.max(1, Math.round(412 * 0.93 ** index)),
    ];
  });

/** Names that try to break a page. */
export const strange: Person[] = [
  ['Maximiliana Theodora Alexandrina Wilhelmina von und zu Hohenstauffen-Lichtenberg X', 90],
  ['👩🏽‍🚀 Ada 🎉🎉🎉', 84],
  ['\u202Egnp.exe\u202C reversed', 77],
  ['<img src=x onerror=alert(1)>', 70],
  ['שירה לוי', 64],
  ['محمد الأمين', 58],
  ['Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞a͙̲̣l̫̝g̰o', 51],
  ['\u200B\u200B\u200B', 45],
  ['名前がとても長い参加者のなまえ', 40],
  ['{{constructor.constructor("alert(1)")()}}', 33],
];
