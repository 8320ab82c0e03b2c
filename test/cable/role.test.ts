import { describe, expect, it } from 'vitest';
import { ownRole, rolesOf, type RoleSource } from '../../src/cable/role.js';

/** Headings begin with `#`; a paragraph may begin with its level, `S|`. */
function rolesOfText(lines: readonly string[]) {
  const sources = lines.map((line, at): RoleSource => {
    const [, level = 'C', text = ''] = /^(?:([US])\|)?(.*)$/.exec(line) ?? [];
    return line.startsWith('#')
      ? { kind: 'heading', text: line.slice(2), before: lines[at - 1] ?? '' }
      : {
          kind: 'paragraph',
          text,
          own: ownRole(text),
          marking: { level: level as 'C', caveats: [] },
        };
  });
  return rolesOf(sources).filter((_, at) => !lines[at]?.startsWith('#'));
}

describe('what a paragraph is in its cable', () => {
  it.each([
    [
      'its heading says it, up to the end that is printed',
      ['# SUMMARY', 'One.', 'Two. End summary.', 'Three.'],
      ['summary', 'summary', null],
    ],
    [
      'up to the next heading',
      ['# SUMMARY', 'One.', 'Two.', '# TALKS', 'Three.'],
      ['summary', 'summary', null],
    ],
    ['“(END) SUMMARY” is no heading', ['One. (END', '# SUMMARY. A GUEST', 'Two.'], [null, null]],
    [
      'its first words say it, and the end that is printed says how far',
      ['Summary: One.', 'Two.', 'Three. End Summary.', 'Four.'],
      ['summary', 'summary', 'summary', null],
    ],
    ['its first words alone say nothing of the next', ['Comment: One.', 'Two.'], ['comment', null]],
    [
      'nor where the heading says it too: the text of a speech behind the comment',
      ['# Comment', 'Comment: One.', 'Text of his remarks: We are here.'],
      ['comment', null],
    ],
    [
      'another post’s comment is not this one’s',
      ['COMMENT: One.', 'EMBASSY HARARE COMMENT: Two. END EMBASSY HARARE COMMENT.'],
      ['comment', null],
    ],
    [
      'who has cleared it',
      ['# COMMENT', 'One.', 'A/S Doe had no opportunity to clear this cable.', 'Two.'],
      ['comment', 'clearance', null],
    ],
    [
      'an end of a comment is none of a summary',
      ['# SUMMARY', 'One. (Comment: So. End comment.)', 'Two.'],
      ['summary', 'summary'],
    ],
    [
      'what is marked higher decides nothing of what is lower',
      ['# SUMMARY', 'U|One.', 'S|Two. End summary.', 'U|Three.'],
      ['summary', 'summary', null],
    ],
    [
      'nor does what would have gone on',
      ['# SUMMARY', 'U|One.', 'S|Two.', 'U|Three.'],
      ['summary', 'summary', null],
    ],
  ])('%s', (_, lines, roles) => {
    expect(rolesOfText(lines)).toEqual(roles);
  });
});
