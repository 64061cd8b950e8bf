import type { courseFormats } from '@laurelkit/sdk/contract';
import { readCartridge } from './cartridge/read.ts';
import { writeCartridge } from './cartridge/write.ts';
import type { CourseFile, ReadCourse } from './course-file.ts';
import { readJsonCourse, writeJsonCourse } from './json.ts';
import { readMarkdownCourse } from './markdown/read.ts';
import { writeMarkdownCourse } from './markdown/write.ts';
import { type Archive, openZip } from './zip.ts';

export type CourseFormat = (typeof courseFormats)[number];

/** A format: how it is read and written, and how its files end. */
interface Format {
  read(bytes: Uint8Array): ReadCourse;
  write(course: CourseFile): Uint8Array;
  ending: string;
  mediaType: string;
}

/** A manifest alone, without the archive around it, is a cartridge of one file. */
function openCartridge(bytes: Uint8Array): Archive {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  if (isZip || !/^[^<]{0,8}</.test(new TextDecoder('latin1').decode(bytes.subarray(0, 20)))) return openZip(bytes);
  return { names: ['imsmanifest.xml'], read: () => bytes };
}

/** What a course can be brought in from and taken out as. */
export const formats: Record<CourseFormat, Format> = {
  json: { read: readJsonCourse, write: writeJsonCourse, ending: 'json', mediaType: 'application/json' },
  markdown: {
    read: (bytes) => readMarkdownCourse(openZip(bytes)),
    write: writeMarkdownCourse,
    ending: 'zip',
    mediaType: 'application/zip',
  },
  imscc: {
    read: (bytes) => readCartridge(openCartridge(bytes)),
    write: writeCartridge,
    ending: 'imscc',
    mediaType: 'application/zip',
  },
};
