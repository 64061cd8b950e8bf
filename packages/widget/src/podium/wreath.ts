const turn = (x: number, y: number, degrees: number) => {
  const angle = (degrees * Math.PI) / 180;
  return [x * Math.cos(angle) - y * Math.sin(angle), x * Math.sin(angle) + y * Math.cos(angle)] as const;
};

// A leaf at the origin, as three curves.
const leaf = [0, 0, 2, -4, 7, -5, 11, -3, 9, 1, 4, 3, 0, 0];

/** One leaf, `angle` degrees around the circle on one side (1 or -1) of a box of 24 by 24. */
function leafAt(angle: number, side: number): string {
  const points: string[] = [];
  for (let index = 0; index < leaf.length; index += 2) {
    const [x, y] = turn(leaf[index] as number, leaf[index + 1] as number, -68);
    const [right, down] = turn(x + 27, y, 90 - angle);
    points.push([32 + right * side, 32 + down].map((value) => ((value * 24) / 64).toFixed(2)).join(' '));
  }
  return `M${points[0]}C${points.slice(1).join(' ')}z`;
}

/** A laurel wreath, open at the top, as a path in a box of 24 by 24. */
export const wreath: string = [1, -1]
  .flatMap((side) => Array.from({ length: 7 }, (_, index) => leafAt(22 + index * 22, side)))
  .join('');
