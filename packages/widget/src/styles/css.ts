/** Marks a template literal as CSS; builds shorten what it marks. */
export const css = (strings: TemplateStringsArray, ...values: (string | number)[]): string =>
  String.raw({ raw: strings }, ...values);
