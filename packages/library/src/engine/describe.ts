import type { Condition, Field, Label } from './field.ts';
import { fieldOf, sectionsOf } from './fields.ts';
import { hasOptions, optionByCode } from './options.ts';
import { type Event, type Module, NONE, type RecordType, SAME, type Setter } from './record-type.ts';
import { sortOf, storageOf } from './storage.ts';

const both = (label: Label): string => `${label.zh} · ${label.en}`;
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const row = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [row(heads), row(heads.map(() => '---')), ...rows.map(row)].join('\n');
}

const nameOf = (type: RecordType, name: string): string => fieldOf(type, name)?.label.zh ?? name;

function codeText(type: RecordType, name: string, code: string): string {
  const field = fieldOf(type, name);
  const option = field === undefined ? undefined : optionByCode(field, code, {});
  return option === undefined ? code : `「${option.label.zh}」`;
}

function conditionText(type: RecordType, condition: Condition): string {
  if ('all' in condition) return condition.all.map((one) => conditionText(type, one)).join(' and ');
  if ('any' in condition) return condition.any.map((one) => conditionText(type, one)).join(' or ');
  if ('not' in condition) return `not (${conditionText(type, condition.not)})`;
  const name = nameOf(type, condition.field);
  if ('filled' in condition) return `${name} is ${condition.filled ? 'filled' : 'empty'}`;
  if ('is' in condition && typeof condition.is === 'boolean')
    return `${name} is ${condition.is ? '是' : '否'}`;
  const codes = 'in' in condition ? condition.in : [String(condition.is)];
  return `${name} is ${codes.map((code) => codeText(type, condition.field, code)).join(' or ')}`;
}

function limitsText(field: Field): string {
  const unit = 'unit' in field && field.unit !== undefined ? ` ${field.unit.zh}` : '';
  switch (field.kind) {
    case 'text':
      return `text, ${field.min === undefined ? '' : `${field.min} to `}${field.max} characters${field.pattern === undefined ? '' : `, ${field.pattern.says.zh}`}`;
    case 'decimal':
      return [
        `decimal, ${field.decimals} places${unit}`,
        field.positive === true ? 'greater than 0' : '',
        field.min === undefined ? '' : `from ${field.min}`,
        field.max === undefined ? '' : `to ${field.max}`,
      ]
        .filter((part) => part !== '')
        .join(', ');
    case 'integer':
      return `whole number${unit}${field.min === undefined ? '' : `, from ${field.min}`}${field.max === undefined ? '' : `, to ${field.max}`}`;
    case 'date':
      return field.notAfterToday === true ? 'day, not after today' : 'day';
    case 'year':
      return field.notAfterThisYear === true ? 'year, not after this one' : 'year';
    case 'files':
      return `files, ${field.min ?? 0} to ${field.max ?? 20}${field.mediaTypes === undefined ? '' : ` (${field.mediaTypes.join(', ')})`}`;
    case 'reference':
      return `a record of ${field.to.map((name) => `\`${name}\``).join(', ')}`;
    case 'rows':
      return `up to ${field.max} rows of ${field.columns.map((column) => column.label.zh).join(', ')}`;
    default:
      return hasOptions(field) ? `${field.kind}: ${optionsText(field)}` : field.kind;
  }
}

const MOST_OPTIONS = 12;

function optionsText(field: Extract<Field, { kind: 'choice' | 'choices' | 'counts' }>): string {
  if ('codeList' in field) return `code list \`${field.codeList}\``;
  const options = 'options' in field ? field.options : Object.values(field.optionsOf).flat();
  const shown = options.slice(0, MOST_OPTIONS).map((option) => `${option.label.zh} \`${option.code}\``);
  const more = options.length > MOST_OPTIONS ? `, … (${options.length})` : '';
  const depends = 'dependsOn' in field ? `depends on \`${field.dependsOn}\`: ` : '';
  return `${depends}${shown.join(', ')}${more}`;
}

function presenceText(type: RecordType, field: Field): string {
  const { required, visible } = field;
  const parts: string[] = [];
  if (required === 'always') parts.push('required');
  else if (required !== undefined) {
    const at = required.at === undefined ? '' : ` at ${required.at.map((name) => `\`${name}\``).join(', ')}`;
    const when = required.when === undefined ? '' : ` while ${conditionText(type, required.when)}`;
    parts.push(`required${at}${when}`);
  }
  if (visible !== undefined) parts.push(`shown while ${conditionText(type, visible)}`);
  if (field.at !== undefined) parts.push(`taken at ${field.at.map((name) => `\`${name}\``).join(', ')}`);
  return parts.join('; ');
}

function traitsText(type: RecordType, field: Field): string {
  return [
    field.source === undefined || field.source === 'user' ? '' : field.source,
    field.derivedWhen === undefined ? '' : `while ${conditionText(type, field.derivedWhen)}`,
    field.fixed === true ? 'fixed' : '',
    field.privacy === 'personal' ? 'personal' : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

const fieldRow = (type: RecordType, field: Field): readonly string[] => [
  `\`${field.name}\``,
  both(field.label),
  limitsText(field),
  presenceText(type, field),
  traitsText(type, field),
];

const FIELD_HEADS = ['Field', 'Label', 'Holds', 'Presence', 'Traits'];
const SETTERS: Readonly<Record<Setter, string>> = {
  primary: 'the entity',
  system: 'the system',
  platform: 'a platform',
};

function takesText(event: Event): string {
  const { takes, needs } = event;
  const taken =
    takes === undefined
      ? []
      : 'fields' in takes
        ? takes.fields.map((field) => field.label.zh)
        : [takes.complete ? 'complete values' : 'values as far as they go'];
  const needed = [needs?.reason === true ? 'a reason' : '', needs?.proof === true ? 'proof' : ''];
  return [...taken, ...needed].filter((part) => part !== '').join(', ');
}

const stateName = (name: string): string => (name === NONE ? '–' : `\`${name}\``);

const eventRow = (event: Event): readonly string[] => [
  `\`${event.name}\`${event.button === undefined ? '' : ` ${event.button.zh}`}`,
  event.from.map(stateName).join(', '),
  event.to === SAME ? 'as it was' : stateName(event.to),
  event.by.map((setter) => SETTERS[setter]).join(', '),
  takesText(event),
  (event.guards ?? []).map((guard) => `\`${guard.otherwise}\``).join(', '),
];

function lifeCycleText(type: RecordType): string {
  const states = type.lifeCycle.states.map((state) => [
    `\`${state.name}\``,
    both(state.label),
    [state.usable === true ? 'usable in bidding' : '', state.ended === true ? 'ended' : '']
      .filter((part) => part !== '')
      .join(', '),
  ]);
  return [
    table(['State', 'Label', ''], states),
    table(['Event', 'From', 'To', 'By', 'Takes', 'Refused with'], type.lifeCycle.events.map(eventRow)),
  ].join('\n\n');
}

function rulesText(type: RecordType): string {
  const unique = (type.unique ?? []).map((rule) => [
    `\`${rule.code}\``,
    `unique: ${rule.fields.map((name) => nameOf(type, name)).join(' + ')}${rule.when === undefined ? '' : ` while ${conditionText(type, rule.when)}`}`,
    both(rule.says),
  ]);
  const checks = (type.checks ?? []).map((check) => [
    `\`${check.code}\``,
    `${check.severity}, shown at ${check.fields.map((name) => nameOf(type, name)).join(', ')}`,
    both(check.says),
  ]);
  const rows = [...unique, ...checks];
  return rows.length === 0 ? '' : table(['Code', 'Rule', 'Says'], rows);
}

function listText(type: RecordType): string {
  const { columns, filters } = type.list;
  const sort = sortOf(type);
  return [
    `List: ${columns.map((name) => nameOf(type, name)).join(', ')}.`,
    filters.length === 0 ? '' : ` Filters: ${filters.map((name) => nameOf(type, name)).join(', ')}.`,
    ` Sorted by \`${sort.name}\`${sort.descending ? ', the greatest first' : ''}.`,
    ` Table \`${storageOf(type).table}\`.`,
  ].join('');
}

/** A record type as a person reads it, in Markdown: everything that its declaration says. @param depth of its heading */
export function describe(type: RecordType, depth = 2): string {
  const sections = sectionsOf(type).map(({ label, fields }) =>
    [
      `**${both(label)}**`,
      table(
        FIELD_HEADS,
        fields.map((field) => fieldRow(type, field)),
      ),
    ].join('\n\n'),
  );
  const system = type.system ?? [];
  const systemText =
    system.length === 0
      ? ''
      : [
          `**Set by events**`,
          table(
            FIELD_HEADS,
            system.map((field) => fieldRow(type, field)),
          ),
        ].join('\n\n');
  const parts = [
    `${'#'.repeat(depth)} ${both(type.label)} (\`${type.name}\`)`,
    `Stands for ${type.requirements.join(', ')}.${type.parent === undefined ? '' : ` Belongs to a \`${type.parent}\`.`}${type.single === true ? ' One for each owner.' : ''}`,
    lifeCycleText(type),
    ...sections,
    systemText,
    rulesText(type),
    listText(type),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

/** The menu with its record types, in Markdown. */
export const describeModules = (modules: readonly Module[]): string =>
  modules
    .map((module) =>
      [
        `## ${both(module.label)}`,
        module.hint === undefined ? '' : both(module.hint),
        ...module.types.map((type) => describe(type, 3)),
      ]
        .filter((part) => part !== '')
        .join('\n\n'),
    )
    .join('\n\n');
