import { describe, expect, it } from 'vitest';
import { winnerMessage } from './winner-message.ts';

const news = {
  locale: null,
  contestName: 'Spring\r\nBcc: eve@own.example',
  prize: 'A <b>cup</b> & saucer',
  place: 2,
  claimBy: new Date('2026-10-24T23:30:00Z'),
  timeZone: 'Europe/Lisbon',
  link: 'https://shop.example/?a=1&b="2"',
};

describe('the message to a winner', () => {
  it('tells the time to claim in the zone of the contest', () => {
    const { text } = winnerMessage(news);
    expect(text).toContain('Sunday, October 25, 2026');
    expect(text).toContain('12:30');
    expect(text).toContain('(Europe/Lisbon)');
    expect(text).toContain(news.link);
  });

  it('is of one line where it must be, and holds no markup of the host’s words', () => {
    const { subject, html } = winnerMessage(news);
    expect(subject).toBe('You have won: Spring Bcc: eve@own.example');
    expect(html).toContain('A &lt;b&gt;cup&lt;/b&gt; &amp; saucer');
    expect(html).toContain('href="https://shop.example/?a=1&amp;b=&quot;2&quot;"');
  });

  it('speaks Spanish, Portuguese, or English', () => {
    expect(winnerMessage({ ...news, locale: 'es-MX' }).text).toContain('¡Enhorabuena!');
    expect(winnerMessage({ ...news, locale: 'PT' }).text).toContain('(2.º lugar)');
    for (const locale of ['de', '', '__proto__'])
      expect(winnerMessage({ ...news, locale }).text).toContain('Congratulations!');
  });

  it('asks for nothing where nothing is to be claimed', () => {
    const { text } = winnerMessage({ ...news, claimBy: null });
    expect(text).not.toContain('Claim');
    expect(text).toContain(news.link);
  });
});
