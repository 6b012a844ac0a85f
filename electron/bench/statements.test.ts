import { describe, expect, it } from 'vitest';
import { StatementSplitter } from './statements.ts';

const split = (source: string): string[] => {
  const splitter = new StatementSplitter();
  return Array.from(source, (character) => splitter.add(character)).filter((part) => part !== null);
};

describe('StatementSplitter', () => {
  it.each<[string, string, string[]]>([
    ['two statements', 'a\nb\n', ['a\n']],
    ['an unfinished line', 'a\nb', []],
    ['a block', 'if a:\n  b\n\n  c\nd\n', ['if a:\n  b\n\n  c\n']],
    ['else and its kin', 'if a:\n b\nelif c:\n d\nelse:\n e\nf\n', ['if a:\n b\nelif c:\n d\nelse:\n e\n']],
    ['try', 'try:\n a\nexcept E:\n b\nfinally:\n c\nd\n', ['try:\n a\nexcept E:\n b\nfinally:\n c\n']],
    ['a name like a keyword', 'a\nelsewhere\n', ['a\n']],
    ['decorators', '@a\n@b\ndef f():\n c\nd\n', ['@a\n@b\ndef f():\n c\n']],
    ['brackets', 'a = [\n1,\n2]\nb\n', ['a = [\n1,\n2]\n']],
    ['brackets in strings and comments', "a = '('\nb # (\nc\n", ["a = '('\n", 'b # (\n']],
    ['a quote after a backslash', "a = '\\''\nb\n", ["a = '\\''\n"]],
    ['a continued line', 'a = 1 + \\\n2\nb\n', ['a = 1 + \\\n2\n']],
    ['a string that is not closed', "a = '\nb\n", ["a = '\n"]],
    ['a comment in the first column', 'if a:\n b\n# c\n d\ne\n', ['if a:\n b\n# c\n d\n']],
    ['an escaped backslash', "a = '\\\\'\nb\n", ["a = '\\\\'\n"]],
    ['an empty string', "a = ''\nb\n", ["a = ''\n"]],
    ['three quotes', 'a = """x\nb\n"y" ""\n"""\nc\n', ['a = """x\nb\n"y" ""\n"""\n']],
    ['an escaped quote among three', 'a = """\\"""\nb\n"""\nc\n', ['a = """\\"""\nb\n"""\n']],
  ])('cuts %s', (_, source, parts) => {
    expect(split(source)).toEqual(parts);
  });
});
