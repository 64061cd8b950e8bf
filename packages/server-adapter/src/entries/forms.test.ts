import { describe, expect, it } from 'vitest';
import { LaurelProblem } from '../problem.ts';
import { formValues } from './forms.ts';

const fields = [
  { id: 'city', label: 'City', required: true },
  { id: 'size', label: 'Size', required: false, choices: ['S', 'M'] },
];

const pointersOf = (given: Record<string, string> | undefined) => {
  try {
    formValues(fields, given);
    return [];
  } catch (error) {
    return (error as LaurelProblem).errors?.map(({ pointer }) => pointer);
  }
};

describe('formValues', () => {
  it('takes what is asked, without spaces around it and without what is empty', () => {
    expect(formValues(fields, { city: ' Porto ', size: '' })).toEqual({ city: 'Porto' });
    expect(formValues(fields, { city: 'Porto', size: 'M' })).toEqual({ city: 'Porto', size: 'M' });
  });

  it('points to each field that will not do', () => {
    expect(pointersOf(undefined)).toEqual(['#/values/city']);
    expect(pointersOf({ city: '  ', size: 'XL', shoe: '42' })).toEqual([
      '#/values/city',
      '#/values/size',
      '#/values/shoe',
    ]);
    expect(() => formValues(fields, { city: 'Porto', size: 's' })).toThrow(LaurelProblem);
  });
});
