import { eng } from 'stopword';
import { wordsOf } from '../cable/terms.js';

/** What is said to who greets, thanks, or tries whether anybody is there. */
export const SMALL_TALK_SAID =
  'Hello. I quote diplomatic cables: ask who said or did what, name a cable by its id, or name what it is about.';

/**
 * What people say to each other and to a bot, and ask no archive. A text of nothing else, but for common words,
 * is small talk.
 */
const SOCIAL: ReadonlySet<string> = new Set(
  `hello hi hii hey heya hiya yo greetings howdy welcome morning afternoon evening night day bye goodbye cya ciao
  thanks thank thx ty tysm cheers merci gracias danke obrigado hola bonjour salut hallo spasibo shukran salam
  ok okay k kk fine great nice cool good perfect awesome amazing brilliant excellent wow lol lmao haha hahaha
  hehe rofl sorry please pls yes no yeah yep yup nope sure test testing ping pong anyone anybody here there
  alive awake working online bot robot human ai pilcrow doing today name made built love hate stupid dumb useless
  idiot crap shit fuck fucking damn hell wtf omg bro dude mate friend help helpful job work joke sing chat talk
  funny smart clever best worst weekend luck appreciate appreciated lot much again later see nothing never mind
  understood got makes sense right true wrong feeling how old live think buddy pal man guys everyone folks
  welcome back boring bored weather like go keep going cute sweet lovely super gm gn np tks muchas much vielen
  dank beaucoup muito arigato grazie prego oops ugh hmm hm um uh ah oh eh meh yay hooray bravo kudos props
  legend hero star genius machine computer program assistant chatgpt gpt llm real person created creator
  speak english hear read answer answers question questions ask something anything useful terrible awful bad
  horrible rubbish tomorrow tonight one thing window tell done well off re ve ll dir ihnen mucho dear sir madam`
    .split(/\s+/)
    .filter((word) => word !== ''),
);
const COMMON = new Set(eng);
/** A sentence of more words asks something. */
const MOST_WORDS = 12;

/**
 * Whether a text asks nothing of the cables: a greeting, thanks, a test, signs alone, or common words alone
 * (`who are you?`), but for the `why?` of a conversation.
 */
export function isSmallTalk(text: string, inConversation: boolean): boolean {
  const words = wordsOf(text.replace(/\b\d\b/g, ' '));
  if (words.length === 0) return text.trim() !== '';
  if (words.length > MOST_WORDS || /\d/.test(words.join(' '))) return false;
  const said = words.filter((word) => !COMMON.has(word) && word.length > 1);
  if (said.length === 0) {
    if (!words.some((word) => COMMON.has(word) || isSocial(word))) return false;
    return !inConversation || words.includes('you') || words.some(isSocial);
  }
  return words.some(isSocial) && said.every(isSocial);
}

/** `heyyy`, `thaaanks`. */
function isSocial(word: string): boolean {
  return SOCIAL.has(word) || SOCIAL.has(word.replace(/(.)\1{2,}/gu, '$1'));
}
