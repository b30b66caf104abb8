/**
 * Places of a module where one small change should make a test fail, found in its syntax tree: the operators of Stryker
 * but for texts and regular expressions, and a wait that is left out.
 * https://stryker-mutator.io/docs/mutation-testing-elements/supported-mutators/
 */
import { parse } from '@babel/parser';

export interface Mutation {
  file: string;
  line: number;
  start: number;
  end: number;
  /** A block is left out; an expression has another one in its place. */
  kind: 'expression' | 'block';
  original: string;
  mutated: string;
}

interface Node {
  type: string;
  start: number;
  end: number;
  loc: { start: { line: number } };
  [field: string]: unknown;
}

const OTHERS = new Map([
  ['===', ['!==']],
  ['!==', ['===']],
  ['<', ['<=', '>=']],
  ['<=', ['<', '>']],
  ['>', ['>=', '<=']],
  ['>=', ['>', '<']],
  ['+', ['-']],
  ['-', ['+']],
  ['*', ['/']],
  ['/', ['*']],
  ['%', ['*']],
  ['&&', ['||']],
  ['||', ['&&']],
  ['??', ['&&']],
]);

const METHODS = new Map([
  ['some', 'every'],
  ['every', 'some'],
  ['min', 'max'],
  ['max', 'min'],
  ['startsWith', 'endsWith'],
  ['endsWith', 'startsWith'],
  ['toLowerCase', 'toUpperCase'],
  ['toUpperCase', 'toLowerCase'],
]);
/** Left out, with what they are called on in their place. */
const LEFT_OUT = new Set(['filter', 'toSorted', 'toReversed', 'slice', 'trim', 'charAt']);

/** Every one of a module, in the order of its text. */
export function mutationsOf(file: string, text: string): Mutation[] {
  const { program } = parse(text, { sourceType: 'module', plugins: ['typescript'] });
  const found: Mutation[] = [];
  const source = (node: Node): string => text.slice(node.start, node.end);
  walk(program as unknown as Node, undefined, (node, parent) => {
    const { start, end, loc } = node;
    const at = { file, line: loc.start.line, start, end, original: source(node) };
    for (const mutated of expressionsFor(node, parent, source))
      found.push({ ...at, kind: 'expression', mutated });
    if (node.type === 'BlockStatement' && canBeEmpty(node, parent))
      found.push({ ...at, kind: 'block', mutated: '{}' });
  });
  return found;
}

type Source = (node: Node) => string;

function expressionsFor(node: Node, parent: Node | undefined, source: Source): string[] {
  const is = (field: string): Node => node[field] as Node;
  switch (node.type) {
    case 'BinaryExpression':
    case 'LogicalExpression': {
      const others = OTHERS.get(String(node['operator'])) ?? [];
      const [left, right] = [source(is('left')), source(is('right'))];
      return others.map((other) => `(${left}) ${other} (${right})`);
    }
    case 'ConditionalExpression':
      return [source(is('consequent')), source(is('alternate'))];
    case 'UnaryExpression':
      return node['operator'] === '!' ? [source(is('argument'))] : [];
    case 'BooleanLiteral':
      return [String(node['value'] !== true)];
    case 'ArrayExpression':
      return (node['elements'] as unknown[]).length > 0 ? ['[]'] : [];
    case 'AwaitExpression':
      return parent?.type === 'ExpressionStatement' ? [`void ${source(is('argument'))}`] : [];
    case 'CallExpression':
      return callsFor(node, source);
    default:
      return isTest(node, parent) ? ['true', 'false'] : [];
  }
}

/** What an `if` asks, where no operator of it is changed already. */
const isTest = (node: Node, parent: Node | undefined): boolean =>
  parent?.type === 'IfStatement' && parent['test'] === node;

function callsFor(node: Node, source: Source): string[] {
  const callee = node['callee'] as Node;
  if (callee.type !== 'MemberExpression' || callee['computed'] === true) return [];
  const [on, name] = [source(callee['object'] as Node), String((callee['property'] as Node)['name'])];
  if (LEFT_OUT.has(name)) return [on];
  const other = METHODS.get(name);
  return other === undefined ? [] : [`${on}.${other}${source(node).slice(callee.end - node.start)}`];
}

/** One that has statements, and without which nothing goes on for ever. */
const canBeEmpty = (node: Node, parent: Node | undefined): boolean =>
  (node['body'] as unknown[]).length > 0 &&
  !/^(CatchClause|WhileStatement|DoWhileStatement|TryStatement)$/.test(parent?.type ?? '') &&
  parent?.['kind'] !== 'constructor';

/** Types, imports and the names of fields are nothing that runs. */
function walk(
  node: Node,
  parent: Node | undefined,
  visit: (node: Node, parent: Node | undefined) => void,
): void {
  if (/^TS(?!AsExpression|NonNullExpression|SatisfiesExpression)|^Import|^ExportAll/.test(node.type)) return;
  visit(node, parent);
  for (const [field, value] of Object.entries(node)) {
    if (field === 'key' && node['computed'] !== true) continue;
    const isConst = field === 'expression' && node.type === 'TSAsExpression';
    for (const child of Array.isArray(value) ? (value as unknown[]) : [value])
      if (isNode(child)) walk(child, isConst ? parent : node, visit);
  }
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && 'start' in value && 'loc' in value;
