import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { cutNoble } from '../../noble-source.ts';

const sdk = createRequire(join(import.meta.dirname, '../../../sdk/package.json'));
const folder = join(dirname(sdk.resolve('@noble/curves/bls12-381')).replace(/\/esm$/, ''), 'esm');

test.each(['bls12-381.js', 'abstract/bls.js'])('every cut is found in the version that is installed: %s', (name) => {
  const path = `/x/curves/esm/${name}`;
  const code = readFileSync(join(folder, name), 'utf8');
  const cut = cutNoble(code, path) ?? '';
  expect(cut.length).toBeLessThan(code.length * 0.85);
  expect(cut).toMatch(name === 'bls12-381.js' ? /mapToG1/ : /verifyShortSignature/);
});

test('a version that reads otherwise stops the build; other files stay', () => {
  expect(() => cutNoble('export const bls12_381 = {};', '/x/curves/esm/bls12-381.js')).toThrow('is not found');
  expect(cutNoble('x', '/x/curves/esm/ed25519.js')).toBeUndefined();
});
