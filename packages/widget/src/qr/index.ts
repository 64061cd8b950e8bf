import type { Kit } from '../kit.ts';
import { withChannel } from '../share/targets.ts';
import type { Program } from '../stores/referral.ts';
import type { Drawn } from '../views/kind.ts';
import { printCard } from './card.ts';
import { drawingOf } from './drawing.ts';
import { savePng, saveSvg } from './save.ts';

export { style } from './style.ts';
export { words as english } from './words.ts';

/** The link as a QR code (ISO/IEC 18004), to look at, to keep as a file and to print on a card. */
export function qr({ h, cleanName }: Kit, referralLink: string, program: Program, { say, language }: Drawn) {
  const link = withChannel(referralLink, 'qr');
  const drawing = drawingOf(link);
  const { size, path } = drawing;
  const name = cleanName(program.name);
  const title = program.headline ?? language.say('headline', { name });
  const button = (word: 'qrSvg' | 'qrPng' | 'qrPrint', work: () => unknown) =>
    h(
      'button',
      {
        type: 'button',
        class: 'button quiet',
        onClick: () => {
          if (work() === false) say(language.say('qrBlocked'));
        },
      },
      language.say(word),
    );
  return h(
    'div',
    { class: 'qr' },
    h(
      'svg',
      { class: 'code', part: 'qr', viewBox: `0 0 ${size} ${size}`, role: 'img', 'aria-label': language.say('qrLabel') },
      h('path', { d: `M0 0h${size}v${size}H0z`, fill: '#fff' }),
      h('path', { d: path, fill: '#000' }),
    ),
    h(
      'div',
      { class: 'qrways' },
      h('p', { class: 'muted small' }, language.say('qrHint')),
      h(
        'div',
        { class: 'pair' },
        button('qrSvg', () => saveSvg(drawing, `${program.slug}-qr`)),
        button('qrPng', () => savePng(drawing, `${program.slug}-qr`)),
        button('qrPrint', () =>
          printCard(drawing, { title, hint: language.say('qrScan'), link: referralLink, language }),
        ),
      ),
    ),
  );
}
