import { useState } from 'preact/hooks';
import { hueOf, initials } from './name.ts';
import { safeImage } from './safe-url.ts';

interface AvatarProps {
  id: string;
  name: string;
  url: string | null;
}

/** A picture, or initials on a colour that comes from the board's own id. */
export function Avatar({ id, name, url }: AvatarProps) {
  const [broken, setBroken] = useState(false);
  const image = safeImage(url);
  return (
    <span class="avatar" aria-hidden="true" style={{ '--hue': String(hueOf(id)) }}>
      {initials(name)}
      {image && !broken && (
        <img
          src={image}
          alt=""
          loading="lazy"
          decoding="async"
          referrerpolicy="no-referrer"
          onError={() => setBroken(true)}
        />
      )}
    </span>
  );
}
