import { crc32, inflateRawSync } from 'node:zlib';
import { invalid } from './course-file.ts';

/** How much a zip may hold, against those that are small only outside. */
export const zipLimits = {
  entries: 10_000,
  /** Of one file, and of all that are read. */
  fileBytes: 8 * 1024 * 1024,
  bytes: 32 * 1024 * 1024,
  /** How many times larger a file may become, from so many bytes on. */
  ratio: 100,
  ratioFrom: 65_536,
};

/** The files of a zip by their names, such as `01-start/02-first.md`. */
export interface Archive {
  names: readonly string[];
  /** @throws LaurelProblem course_file_invalid: it is not there, too large or damaged */
  read(name: string): Uint8Array;
}

interface Entry {
  method: number;
  crc: number;
  packed: number;
  size: number;
  offset: number;
}

const what = 'The file';
const signatures = { local: 0x04034b50, central: 0x02014b50, end: 0x06054b50 };

/**
 * Opens a zip (PKWARE APPNOTE 6.3, without ZIP64 and encryption). Nothing is unpacked until it is read, and nothing of it ever comes to
 * a disk.
 * @throws LaurelProblem course_file_invalid
 */
export function openZip(bytes: Uint8Array): Archive {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = new Map<string, Entry>();
  const end = endOf(view);
  const count = view.getUint16(end + 10, true);
  if (count > zipLimits.entries) throw invalid(what, `It has more than ${zipLimits.entries} entries.`);
  let at = view.getUint32(end + 16, true);
  for (let index = 0; index < count; index++) {
    if (at + 46 > end || view.getUint32(at, true) !== signatures.central) throw damaged(what);
    const [nameLength, extra, comment] = [28, 30, 32].map((field) => view.getUint16(at + field, true)) as [
      number,
      number,
      number,
    ];
    const name = nameIn(bytes.subarray(at + 46, at + 46 + nameLength));
    if ((view.getUint16(at + 8, true) & 1) !== 0) throw invalid(name, 'It is encrypted.');
    if (!name.endsWith('/')) {
      if (entries.has(name)) throw invalid(name, 'It is in the zip twice.');
      const [crc, packed, size] = [16, 20, 24].map((field) => view.getUint32(at + field, true)) as [
        number,
        number,
        number,
      ];
      entries.set(name, {
        method: view.getUint16(at + 10, true),
        ...{ crc, packed, size, offset: view.getUint32(at + 42, true) },
      });
    }
    at += 46 + nameLength + extra + comment;
  }
  let unpacked = 0;
  return {
    names: [...entries.keys()],
    read: (name) => {
      const entry = entries.get(name);
      if (!entry) throw invalid(name, 'It is not in the zip.');
      unpacked += entry.size;
      if (unpacked > zipLimits.bytes) throw invalid(what, `It holds more than ${zipLimits.bytes} bytes.`);
      return unpack(name, entry, bytes, view);
    },
  };
}

const damaged = (where: string) => invalid(where, 'It is no zip, or damaged.');

/** Where the last record begins; a comment of up to 65 535 bytes may follow it. */
function endOf(view: DataView): number {
  const least = Math.max(0, view.byteLength - 22 - 65_535);
  for (let at = view.byteLength - 22; at >= least; at--) {
    if (view.getUint32(at, true) === signatures.end) return at;
  }
  throw damaged(what);
}

const decoder = new TextDecoder('utf-8', { fatal: true });

/** The name of an entry; those of old archivers are taken letter by letter. @throws LaurelProblem course_file_invalid */
function nameIn(bytes: Uint8Array): string {
  let name: string;
  try {
    name = decoder.decode(bytes);
  } catch {
    name = new TextDecoder('latin1').decode(bytes);
  }
  const path = name.replaceAll('\\', '/');
  const isOutside = path.startsWith('/') || /^[a-z]:/i.test(path) || path.split('/').some((part) => part === '..');
  const isOdd = path === '' || [...path].some((sign) => sign < ' ' || sign === '\u007f');
  if (isOutside || isOdd)
    throw invalid(JSON.stringify(path.slice(0, 200)), 'The name leads out of the zip, or is none.');
  return path.replace(/^(\.\/)+/, '');
}

function unpack(
  name: string,
  { method, crc, packed, size, offset }: Entry,
  bytes: Uint8Array,
  view: DataView,
): Uint8Array {
  if (size > zipLimits.fileBytes) throw invalid(name, `It has more than ${zipLimits.fileBytes} bytes.`);
  if (size > zipLimits.ratioFrom && size > packed * zipLimits.ratio)
    throw invalid(name, 'It is packed more tightly than text can be.');
  if (offset + 30 > view.byteLength || view.getUint32(offset, true) !== signatures.local) throw damaged(name);
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  const content = bytes.subarray(start, start + packed);
  if (content.length !== packed || (method !== 0 && method !== 8)) throw damaged(name);
  let plain: Uint8Array;
  try {
    plain = method === 0 ? content : inflateRawSync(content, { maxOutputLength: Math.max(1, size) });
  } catch {
    throw damaged(name);
  }
  if (plain.length !== size || crc32(plain) !== crc) throw damaged(name);
  return plain;
}
