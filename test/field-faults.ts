/** What keeps people who hear a page from using its forms: fields without a label, and words that no field points at. */

const fieldsOf = (page: string): string[] =>
  [...page.matchAll(/<(?:input(?! type="hidden")|select|textarea|fieldset)\b[^>]*>/g)].map(([tag]) => tag);

const attribute = (tag: string, name: string): string | undefined =>
  new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];

/** A fieldset is named by its legend. */
const unlabelled = (page: string): string[] =>
  fieldsOf(page)
    .filter((tag) => !tag.startsWith('<fieldset'))
    .filter((tag) => !page.includes(`for="${attribute(tag, 'id')}"`))
    .map((tag) => `no label for ${tag}`);

/** Hints and problems are paragraphs with an id: that is there for a field to point at. */
function unread(page: string): string[] {
  const said = [...page.matchAll(/<p\b[^>]*>/g)].flatMap(([tag]) => attribute(tag, 'id') ?? []);
  const pointedAt = fieldsOf(page).flatMap((tag) => attribute(tag, 'aria-describedby')?.split(' ') ?? []);
  return [
    ...said
      .filter((id) => !pointedAt.includes(id))
      // what is wrong with a field is heard instead of how it is filled in
      .filter((id) => !pointedAt.includes(id.replace(/-hint$/, '-problem')))
      .map((id) => `no field points at ${id}`),
    ...pointedAt.filter((id) => !said.includes(id)).map((id) => `nothing is called ${id}`),
  ];
}

/** What is wrong with a field is tied to it. */
const unexplained = (page: string): string[] => [
  ...fieldsOf(page)
    .filter((tag) => tag.includes('aria-invalid') && attribute(tag, 'aria-describedby') === undefined)
    .map((tag) => `nothing says what is wrong with ${tag}`),
  ...[...page.matchAll(/<p class="problem"(?! id=)[^>]*>/g)].map(
    () => 'a problem that no field can point at',
  ),
];

export const fieldFaults = (page: string): string[] => [
  ...unlabelled(page),
  ...unread(page),
  ...unexplained(page),
];
