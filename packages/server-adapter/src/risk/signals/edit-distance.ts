/** How many characters must be put in, left out or replaced to make one text of the other (Levenshtein). */
export function editDistance(one: string, other: string): number {
  const [short, long] = [[...one], [...other]].sort((a, b) => a.length - b.length) as [string[], string[]];
  let row = short.map((_, index) => index + 1);
  for (const [above, letter] of long.entries()) {
    let diagonal = above;
    let left = above + 1;
    row = row.map((up, index) => {
      left = Math.min(up + 1, left + 1, diagonal + (short[index] === letter ? 0 : 1));
      diagonal = up;
      return left;
    });
  }
  return row.at(-1) ?? long.length;
}
