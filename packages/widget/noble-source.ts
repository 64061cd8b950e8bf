/**
 * Leaves out of `@noble/curves`, where a draw is checked on a page, what only signs or hashes to G2: a quarter of the file. Each
 * cut names the text it begins and ends with; one that is not found fails the build, so that a new version is looked at.
 */
type Cut = readonly [from: string, to: string, instead: string];

const cuts: Record<string, readonly Cut[]> = {
  'curves/esm/bls12-381.js': [
    ['const isogenyMapG2 = isogenyMap(', '// 11-isogeny map from E', ''],
    ['const G2_SWU = mapToCurveSimpleSWU(', 'function mapToG1(', ''],
    ['function mapToG2(', '//# sourceMappingURL', ''],
    ['mapToCurve: mapToG2,', '', 'mapToCurve: mapToG1,'],
    ['function signatureG2ToBytes(', 'function pointG2FromBytes(', ''],
    ['function signatureG2FromBytes(', '/**\n * bls12-381 pairing', ''],
    ['        Signature: {', '    params: {', '    },\n'],
  ],
  'curves/esm/abstract/bls.js': [
    ['        // P = pk x G', '        // Checks if pairing of public key', ''],
    ['        // https://ethresear.ch', '        hash(messageBytes, DST)', ''],
    ['    const longSignatures = createBlsSig(', '    const shortSignatures =', ''],
    ['    const rand = CURVE.randomBytes', '    function normP1Hash(', ''],
    ['    function normP2Hash(', '    function verifyShortSignature(', ''],
    ['    function aggregatePublicKeys(publicKeys) {\n        const agg = longSignatures', '    G1.Point.BASE', ''],
    ['    return {\n        longSignatures,', '//# sourceMappingURL', '    return { verifyShortSignature };\n}\n'],
  ],
};

/** The code of a file of `@noble/curves` without what is not needed, `undefined` for other files. @throws Error for a cut that is not found */
export function cutNoble(code: string, path: string): string | undefined {
  const [, its] = Object.entries(cuts).find(([end]) => path.endsWith(end)) ?? [];
  return its?.reduce((text, [from, to, instead]) => {
    const start = text.indexOf(from);
    const end = to ? text.indexOf(to, start + from.length) : start + from.length;
    if (start < 0 || end < 0) throw new Error(`${path}: “${from}” is not found; look at what this version needs`);
    return text.slice(0, start) + instead + text.slice(end);
  }, code);
}
