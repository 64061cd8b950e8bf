// Two percent of salt, as in every loaf of this course.
const salt = 2;
const form = document.querySelector('form');

function reckon() {
  const { dough, water, recipe } = form.elements;
  const flour = dough.valueAsNumber / (1 + (water.valueAsNumber + salt) / 100);
  const grams = (percent) => Math.round((flour * percent) / 100);
  recipe.value = Number.isFinite(flour)
    ? `${grams(100)} g of flour, ${grams(water.valueAsNumber)} g of water, ${grams(salt)} g of salt`
    : '';
}

form.addEventListener('input', reckon);
reckon();
