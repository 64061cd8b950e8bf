import type { TargetedKeyboardEvent } from 'preact';

interface TabsProps<Value extends string> {
  label: string;
  options: readonly { value: Value; label: string }[];
  value: Value;
  /** Id of the panel the tabs control. */
  controls: string;
  onChoose(value: Value): void;
}

/** Tabs after the ARIA pattern: one stop for Tab, arrows choose (mirrored in right-to-left pages). */
export function Tabs<Value extends string>({ label, options, value, controls, onChoose }: TabsProps<Value>) {
  function onKeyDown(event: TargetedKeyboardEvent<HTMLDivElement>): void {
    const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const list = event.currentTarget;
    const way = getComputedStyle(list).direction === 'rtl' ? -step : step;
    const at = options.findIndex((option) => option.value === value);
    const next = (at + way + options.length) % options.length;
    const chosen = options[next];
    if (chosen) onChoose(chosen.value);
    list.querySelectorAll('button')[next]?.focus();
  }
  return (
    <div class="tabs" role="tablist" aria-label={label} tabIndex={-1} onKeyDown={onKeyDown}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          role="tab"
          class="tab"
          part="tab"
          aria-selected={option.value === value}
          aria-controls={controls}
          tabIndex={option.value === value ? 0 : -1}
          onClick={() => onChoose(option.value)}
        >
          {option.label}
        </button>
      ))}
    </div>
  );
}
