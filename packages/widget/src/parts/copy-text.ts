import { quietly } from '../quietly.ts';

/**
 * Copies the text of a field beside a button. Where the page may not write to the clipboard, the field is selected and copied
 * the old way. Answers whether it was copied.
 */
export async function copyText(button: Element, text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = button.parentElement?.querySelector('input');
    field?.focus();
    field?.select();
    return !!quietly(() => document.execCommand('copy'));
  }
}
