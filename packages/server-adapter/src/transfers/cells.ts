import type { ImportField } from './shape.ts';
import { amountIn, CellError, currencyIn, instantIn, minorIn, shorten } from './values.ts';

/** The text of a row's cell that holds a field; empty where there is none. */
export type Cells = (field: ImportField) => string;

/** The instant in a row's cell, which has been; `null` where there is none. @throws CellError */
export type Instants = (field: ImportField) => string | null;

export type Metadata = Record<string, string | number | boolean>;

/** An instant that has been, or `null` for nothing. @throws CellError */
export function past(text: string, field: string, now: Date): string | null {
  if (text === '') return null;
  const instant = instantIn(text, field);
  if (instant <= now.toISOString()) return instant;
  throw new CellError(`${field} "${shorten(text)}" is still to come`);
}

/** An amount and its currency, in whole or in minor units; `null` where there is none. @throws CellError */
export function moneyIn(
  cell: Cells,
  amount: ImportField,
  minor: ImportField,
  currency: ImportField,
): { minor: number; currency: string } | null {
  const [whole, units] = [cell(amount), cell(minor)];
  if (whole === '' && units === '') return null;
  if (cell(currency) === '') {
    throw new CellError(`there is an amount and no ${currency}: map it to a column, or to the same for all as "=EUR"`);
  }
  const code = currencyIn(cell(currency));
  return { minor: units === '' ? amountIn(whole, code, amount) : minorIn(units, minor), currency: code };
}

/** Flat facts of a JSON object; what is not flat is left out. */
export function metadataIn(text: string): Metadata {
  if (text === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new CellError(`"${shorten(text)}" is no JSON`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  const flat = Object.entries(value).filter(
    ([name, each]) =>
      name.length <= 40 &&
      name !== '__proto__' &&
      /^(string|number|boolean)$/.test(typeof each) &&
      String(each).length <= 500,
  );
  return Object.fromEntries(flat.slice(0, 50)) as Metadata;
}
