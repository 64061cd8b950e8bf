import { useEffect, useRef, useState } from 'preact/hooks';
import type { MessageKey } from '../i18n/en.ts';
import type { Language } from '../i18n/index.ts';
import { countdownFigures, countdownStep, countdownWords } from './countdown-words.ts';

interface CountdownProps {
  /** The instant counted down to. */
  to: string;
  message: Extract<MessageKey, 'left' | 'startsIn'>;
  language: Language;
  onZero(): void;
}

/** Time left: figures for the eye, words that change once a minute for those who listen. */
export function Countdown({ to, message, language, onZero }: CountdownProps) {
  const [now, setNow] = useState(Date.now);
  const zero = useRef(onZero);
  zero.current = onZero;
  const left = Date.parse(to) - now;
  const over = left <= 0;
  useEffect(() => {
    if (over) return zero.current();
    const timer = setTimeout(() => setNow(Date.now()), Math.min(countdownStep(left), 60_000));
    return () => clearTimeout(timer);
  }, [left, over]);
  const { locale, say, date } = language;
  if (over) return <span>{say('ending')}</span>;
  return (
    <time dateTime={to} title={date(to, 'full')}>
      <span aria-hidden="true" class="numbers">
        {say(message, { time: countdownFigures(left, locale) })}
      </span>
      <span class="said">{say(message, { time: countdownWords(left, locale) })}</span>
    </time>
  );
}
