import { describe, expect, it } from 'vitest';
import { searchText } from '../../src/cable/search-text.js';

describe('the search text', () => {
  it.each([
    ['Iran,s government', 'Iran’s government'], // 05ANKARA7215
    ['USTR?s view', 'USTR’s view'], // 07BEIJING1689
    ['we won,t go', 'we won’t go'], // 09YEREVAN20
    ['goals, such as', 'goals, such as'],
    ['his &suspicions8 grew', 'his “suspicions” grew'],
    ['the &Kurdish problem.8 Then', 'the “Kurdish problem.” Then'],
    ['B7 Continue to underline', '• Continue to underline'], // 10BRASILIA3
    ['cafÃ© and Iranâ€™s', 'café and Iran’s'],
    ['the Minister\u0092s view', 'the Minister’s view'],
    ['plain ¶ and café', 'plain ¶ and café'],
  ])('mends %j', (damaged, mended) => {
    expect(searchText(damaged)).toBe(mended);
  });

  it.each([
    ['one of the most \nQone of the most \nimportant', 'one of the most important'], // 09BAGHDAD2561
    [
      '¶8. (S) COMMENT: it is known\nQ8. (S) COMMENT: it is known\nfor',
      '¶8. (S) COMMENT: it is known for',
    ],
    ['met the\nQatari envoy', 'met the Qatari envoy'],
    ['and\nDUBLIN 00001020  002 OF 003\nthen', 'and then'],
    ['financing BRASILIA 00000043 002 OF 004 activity', 'financing activity'], // 08BRASILIA43
    ['THE\nCONFIDENTIAL\n\nCONFIDENTIAL\nPAGE 02 RUEHFRA0170\nRELEASE', 'THE RELEASE'], // 90CAPETOWN97
    ['IT  UNCLASSIFIED PAGE 02  ROME 01059 01 OF 04 281501Z ECON', 'IT ECON'],
    ['a word\nSIPDIS\nmore', 'a word more'], // 08LONDON639
  ])('leaves out what the transmission added: %j', (damaged, left) => {
    expect(searchText(damaged)).toBe(left);
  });
});
