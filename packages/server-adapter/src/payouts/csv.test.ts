import fc from 'fast-check';
import { expect, it } from 'vitest';
import { csv, decimalAmount } from './csv.ts';

/** Reads RFC 4180 back, as a bank's software does. */
function parse(text: string): string[][] {
  const rows: string[][] = [];
  for (let at = 0, row: string[] = []; at < text.length; ) {
    const quoted = /^"((?:[^"]|"")*)"/.exec(text.slice(at));
    const found = quoted ?? (/^([^",\r\n]*)/.exec(text.slice(at)) as RegExpExecArray);
    row.push(String(found[1]).replaceAll('""', '"'));
    at += found[0].length;
    if (text[at] === ',') at += 1;
    else {
      expect(text.slice(at, at + 2)).toBe('\r\n');
      at += 2;
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx'])('lets no spreadsheet run %j', (text) => {
  expect(csv([[text]])).toBe(`"'${text}"\r\n`);
});

it('reads back as it was written, whatever the text', () => {
  const text = fc.string({ unit: 'binary', maxLength: 12 }).filter((each) => !/^[=+\-@\t\r]/.test(each));
  fc.assert(
    fc.property(fc.array(fc.tuple(text, text, fc.nat().map(String)), { minLength: 1, maxLength: 4 }), (rows) => {
      expect(parse(csv(rows))).toEqual(rows);
    }),
  );
});

it('keeps numbers numbers', () => {
  expect(csv([[-5, 'a,b', 'a"b']])).toBe('-5,"a,b","a""b"\r\n');
});

it('has the decimals of the currency, exact at any size', () => {
  expect([
    decimalAmount(5, 'EUR'),
    decimalAmount(123_456, 'EUR'),
    decimalAmount(500, 'JPY'),
    decimalAmount(1, 'KWD'),
    decimalAmount(9_000_000_000_000, 'USD'),
  ]).toEqual(['0.05', '1234.56', '500', '0.001', '90000000000.00']);
});
