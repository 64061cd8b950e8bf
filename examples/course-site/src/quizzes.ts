/** A question of a quiz, its choices, and which of them is right (from 0). */
export interface Question {
  text: string;
  choices: readonly string[];
  right: number;
}

const question = (text: string, right: number, ...choices: string[]): Question => ({ text, choices, right });

/** The quizzes of the course, by lesson. The site asks and marks them itself, and tells Laurel the score. */
export const quizzes: Record<string, { title: string; questions: readonly Question[] }> = {
  'check-phase-one': {
    title: 'What do you know by now?',
    questions: [
      question('What cuts the gluten like small knives?', 1, 'The germ', 'The bran', 'The starch'),
      question('500 g of flour, 65 % water: how much water?', 2, '265 g', '300 g', '325 g'),
      question('Why does salt wait during autolyse?', 0, 'It tightens the net', 'It is too dear', 'It would melt'),
      question('Above what temperature inside is a loaf baked?', 2, '55 °C', '70 °C', '90 °C'),
      question('What does steam do?', 1, 'It salts the crust', 'It keeps the surface soft', 'It feeds the yeast'),
    ],
  },
  'check-phase-two': {
    title: 'What does the jar tell you?',
    questions: [
      question('What makes a starter sour?', 0, 'Bacteria', 'Yeasts', 'Salt'),
      question('Fed 1 : 5 : 5 with 10 g of starter: how much flour?', 1, '5 g', '50 g', '500 g'),
      question('When do you use a starter?', 2, 'Just fed', 'When it has collapsed', 'At its peak'),
      question('A few caves, dense between them: the first rise was …', 0, 'too short', 'too long', 'too warm'),
      question('Which flour has next to no gluten to speak of?', 2, 'Wheat', 'Spelt', 'Rye'),
    ],
  },
};

/** The score of some answers, of 100: the number of the choice for each question. */
export function scoreOf(questions: readonly Question[], answers: readonly (number | null)[]): number {
  const right = questions.filter(({ right }, index) => answers[index] === right).length;
  return Math.round((100 * right) / questions.length);
}
