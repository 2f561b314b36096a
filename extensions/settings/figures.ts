// Figures as people read them: an estimate is marked as one.
import type { FigureView } from '../../src/api/contract.ts';

const NUMBER = new Intl.NumberFormat('en');

export const figureInWords = ({ count, precision }: FigureView): string =>
  `${precision === 'exact' ? '' : 'about '}${NUMBER.format(count)}`;
