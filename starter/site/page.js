const form = document.querySelector('form');
const field = document.querySelector('textarea');
const status = document.querySelector('[role=status]');
const list = document.querySelector('ul');

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const text = field.value;
  status.textContent = 'Saving …';
  try {
    const { id } = await ask('/notes', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text }),
    });
    form.reset();
    field.focus();
    status.textContent = 'Saved; counting …';
    const item = list.insertBefore(document.createElement('li'), list.firstChild);
    item.textContent = text;
    const { words } = await counted(id);
    item.textContent = `${text} (${words} ${words === 1 ? 'word' : 'words'})`;
    status.textContent = '';
  } catch (error) {
    status.textContent = error.message;
  }
});

/** The worker is not waited for in the request: the page asks until it has done its work. */
async function counted(id) {
  for (let attempt = 0; attempt < 60; attempt++) {
    const note = await ask(`/notes/${id}`);
    if (note.status === 'done') return note;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error('The note is saved, but its words are not counted yet.');
}

async function ask(path, options) {
  const answer = await fetch(path, options);
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(body.message ?? `The API answered ${answer.status}.`);
  return body;
}
