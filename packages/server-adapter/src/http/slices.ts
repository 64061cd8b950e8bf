import { letOthersIn } from '../let-others-in.ts';

const sliceSize = 128;

/** Does `work` for each item, and lets requests in between after every 128: ten thousand readers must not block them. */
export async function inSlices<Item>(items: Iterable<Item>, work: (item: Item) => void): Promise<void> {
  let done = 0;
  for (const item of items) {
    work(item);
    done++;
    if (done % sliceSize === 0) await letOthersIn();
  }
}
