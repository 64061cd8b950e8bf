import { type Bench, type Goal, type Result, reaches } from './bench.ts';
import { machine } from './machine.ts';

const digits = (value: number) => {
  const size = Math.abs(value);
  if (size >= 1000) return Math.round(value).toLocaleString('en-US');
  return size >= 100
    ? value.toFixed(0)
    : size >= 10
      ? value.toFixed(1)
      : size >= 1
        ? value.toFixed(2)
        : value.toFixed(3);
};

const goalText = (goal: Goal) => ('atLeast' in goal ? `≥ ${goal.atLeast}` : `≤ ${goal.atMost}`);

/** Whether the line reaches its goal; `null` when it has none. */
export const reached = ({ goal, ratio, value }: Result) => (goal ? reaches(ratio ?? value, goal) : null);

/** The one JSON object that `--json` prints. */
export function reportJson(name: string, { headline }: Bench, results: readonly Result[]) {
  const main = results.find((each) => each.name === headline) ?? results[0];
  return {
    bench: name,
    results: results.map((each) => ({ ...each, reached: reached(each) })),
    reference: main?.reference ?? null,
    ratio: main?.ratio ?? null,
    goal: main?.goal ?? null,
    machine: machine(),
  };
}

/** The table for people, in Markdown, as `docs/performance.md` shows it. */
export function reportTable(results: readonly Result[]): string {
  const rows = results.map((each) => {
    const mark = reached(each);
    return [
      each.name,
      `${digits(each.value)} ${each.unit}`,
      each.reference ? `${digits(each.reference.value)} (${each.reference.name})` : '',
      each.ratio === undefined ? '' : each.ratio.toFixed(2),
      each.goal ? `${goalText(each.goal)} ${mark ? 'reached' : 'missed'}` : '',
    ];
  });
  const header = ['measured', 'value', 'reference', 'ratio', 'goal'];
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/** The machine, in one line. */
export function machineLine(): string {
  const { processor, cores, memoryGiB, system, node } = machine();
  return `${processor}, ${cores} cores, ${memoryGiB} GiB, ${system}, Node ${node}`;
}
