import { emit } from '../emit.ts';
import { Heading } from '../parts/heading.tsx';
import { Link } from '../parts/link.tsx';
import { cleanName } from '../parts/name.ts';
import { safeUrl } from '../parts/safe-url.ts';
import type { Drawn } from '../shell/frame.tsx';
import type { Program } from '../stores/referral.ts';

interface JoinProps extends Pick<Drawn, 'language' | 'reserved'> {
  program: Program;
  joinUrl: string | undefined;
  heading: number;
}

/** The card of a stranger: what there is to get and one way to get it. The host may say more in the default slot. */
export function Join({ program, joinUrl, heading, language: { say }, reserved }: JoinProps) {
  const name = cleanName(program.name);
  const join = (event: MouseEvent) => {
    if (!emit(event.currentTarget as Element, 'join', { program: program.slug })) event.preventDefault();
  };
  return (
    <section class="card" part="card" style={{ 'min-block-size': reserved }} aria-label={name}>
      <div class="invite stranger">
        <div class="head">
          <Heading level={heading}>
            <bdi>{program.headline ?? say('headline', { name })}</bdi>
          </Heading>
          <slot />
        </div>
        {program.archivedAt ? (
          <p class="muted">{say('archived')}</p>
        ) : (
          <>
            <ol class="steps">
              {(['step1', 'step2', 'step3'] as const).map((step) => (
                <li key={step}>{say(step)}</li>
              ))}
            </ol>
            {safeUrl(joinUrl, /^https?:$/) ? (
              <Link href={joinUrl} class="button primary join" part="join" onClick={join}>
                {say('join')}
              </Link>
            ) : (
              <button type="button" class="button primary join" part="join" onClick={join}>
                {say('join')}
              </button>
            )}
          </>
        )}
      </div>
    </section>
  );
}
