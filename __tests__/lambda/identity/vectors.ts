import type { SpellingProblem } from "../../../lambda/identity/canonical";

/** A spelling, what it counts as, and why it is refused, if it is. */
export interface Vector {
  readonly typed: string;
  readonly canonical: string;
  readonly problem?: SpellingProblem;
}

const fine = (typed: string, canonical = typed): Vector => ({ typed, canonical });
const refused = (problem: SpellingProblem, typed: string, canonical: string): Vector => ({ typed, canonical, problem });
const invisible = (typed: string, canonical: string) => refused("invisible", typed, canonical);
const compatibility = (typed: string, canonical: string) => refused("compatibility", typed, canonical);

/** Usernames. Code points are written out where they cannot be told apart, or be seen. */
export const USERNAMES: Readonly<Record<string, readonly Vector[]>> = {
  "plain names": [
    fine("username"),
    fine("a"),
    fine("user.name"),
    fine("user_name-1"),
    fine("a+b"),
    fine("0"),
    fine('q"x'),
    fine("a\\b"),
    fine("o'hara"),
    fine('" or username ^= "'),
    fine("a b"),
    fine("x@y"),
  ],
  "letter case": [
    fine("Username", "username"),
    fine("USERNAME", "username"),
    fine("uSeRnAmE", "username"),
    fine("JOSÉ", "josé"),
    fine("ÅSA", "åsa"),
    fine("ŒUVRE", "œuvre"),
    fine("ÞÓR", "þór"),
    fine("ŁUKASZ", "łukasz"),
    fine("ОЛЬГА", "ольга"),
    fine("ЇЖАК", "їжак"),
    fine("ΟΔΟΣ", "οδος"), // Σ at the end of a word is ς in lower case
    fine("ΣΊΣΥΦΟΣ", "σίσυφος"),
    fine("ԱՆԻ", "անի"),
    fine("ნინო"),
    fine("ᲜᲘᲜᲝ", "ნინო"), // Georgian Mtavruli capitals
    fine("Ꮳꮃꭹ", "ꮳꮃꭹ"), // Cherokee
    fine("𐐀", "𐐨"), // Deseret, outside the basic plane
    fine("𞤀", "𞤢"), // Adlam
    fine("İSTANBUL", "i̇stanbul"), // I with dot: i and a combining dot above
  ],
  "scripts without case": [
    fine("王小明"),
    fine("김철수"),
    fine("さくら"),
    fine("サクラ"),
    fine("محمد"),
    fine("דָּוִד".normalize("NFKC")),
    fine("अमित"),
    fine("สมชาย"),
    fine("அருண்"),
    fine("😀"),
  ],
  "what lower case alone would leave apart": [
    fine("straße", "strasse"),
    fine("STRAẞE", "strasse"), // capital sharp s
    fine("ısmail", "ismail"), // dotless i
    fine("ISMAIL", "ismail"),
    fine("οδοσ", "οδος"), // σ where ς belongs
    fine("ʕσ", "ʕς"), // U+0295 has case in Unicode 16, and none in 17
    fine("ᾳ", "αι"), // iota subscript
    fine("ᾼ", "αι"),
    fine("\u1c80ода", "вода"), // Cyrillic rounded ve
    fine("\u0345", "ι"), // combining ypogegrammeni
    fine("սևան", "սեւան"), // Armenian ew
  ],
  "letters without a plainer form": [
    fine("กำพล", "ก\u0e4d\u0e32พล"), // Thai am
    fine("ຄຳ", "ຄ\u0ecd\u0eb2"), // Lao am
    fine("ໝີ", "ຫມີ"), // Lao digraph
    fine("ㅋㅋ", "\u110f\u110f"), // Korean letters on their own
    fine("ⴰⴽⵯ", "ⴰⴽⵡ"), // Tifinagh labialization mark
  ],
  width: [
    compatibility("ｕsername", "username"),
    compatibility("ＵＳＥＲＮＡＭＥ", "username"),
    compatibility("user１", "user1"),
    compatibility("ｻｸﾗ", "サクラ"), // half-width katakana
    compatibility("ｶﾞ", "ガ"), // with a voiced sound mark of its own
    compatibility("user＿name", "user_name"),
    compatibility("user．name", "user.name"),
    compatibility("￦", "₩"),
  ],
  "ligatures and digraphs": [
    compatibility("ﬁn", "fin"),
    compatibility("ﬀ", "ff"),
    compatibility("ﬄ", "ffl"),
    compatibility("ﬆ", "st"),
    compatibility("ĳ", "ij"),
    compatibility("ŀ", "l·"),
    compatibility("ǅ", "dž"),
    compatibility("ŉ", "ʼn"),
    compatibility("ﬓ", "մն"),
    compatibility("ﷲ", "الله"),
    compatibility("㎞", "km"),
  ],
  "styled and enclosed": [
    compatibility("𝓾𝓼𝓮𝓻", "user"),
    compatibility("𝐔𝐒𝐄𝐑", "user"),
    compatibility("𝕦ser", "user"),
    compatibility("user①", "user1"),
    compatibility("ⓤser", "user"),
    compatibility("user²", "user2"),
    compatibility("userₙ", "usern"),
    compatibility("ªna", "ana"),
    compatibility("ſam", "sam"), // long s
    compatibility("½", "1⁄2"),
    compatibility("Ⅳ", "iv"),
    compatibility("™", "tm"),
    compatibility("ℌ", "h"),
    compatibility("…", "..."),
  ],
  "one letter, two code points": [
    fine("\u212aelvin", "kelvin"), // Kelvin sign
    fine("\u212bsa", "åsa"), // angstrom sign
    fine("\u2126mega", "ωmega"), // ohm sign
    compatibility("\u00b5m", "μm"), // micro sign
    fine("jose\u0301", "josé"),
    fine("a\u030asa", "åsa"),
    fine("\u1100\u1161", "가"), // Hangul in parts
    compatibility("\u03d2", "υ"), // upsilon with hook
    fine("\ufa1d", "精"), // compatibility ideograph, which is canonically equivalent all the same
    fine("\u09b0\u09be\u09df", "\u09b0\u09be\u09af\u09bc"), // Bengali ya with nukta, which normalization takes apart
    fine("\u0958", "\u0915\u093c"),
    fine("vie\u0302\u0323t", "việt"), // marks in another order
    fine("vi\u00ea\u0323t", "việt"), // as Windows writes it
    compatibility("\u2f00", "一"), // Kangxi radical
    compatibility("\u1e9b", "ṡ"), // long s with dot above
  ],
  "joiners and other invisibles": [
    invisible("user\u200bname", "username"), // zero-width space
    invisible("user\u200cname", "username"), // zero-width non-joiner
    invisible("user\u200dname", "username"), // zero-width joiner
    invisible("\u2060username", "username"), // word joiner
    invisible("\ufeffusername", "username"), // byte order mark
    invisible("user\u00adname", "username"), // soft hyphen
    invisible("user\u034fname", "username"), // combining grapheme joiner
    invisible("jose\u034f\u0301", "josé"), // which keeps two marks apart
    invisible("user\u180ename", "username"), // Mongolian vowel separator
    invisible("user\u2061name", "username"), // function application
    invisible("user\ufe0f", "user"), // variation selector 16
    invisible("user\ufe00", "user"), // variation selector 1
    invisible("user\u{e0100}", "user"), // variation selector 17
    invisible("user\u{e0041}", "user"), // tag
    invisible("user\u17b4", "user"), // Khmer inherent vowel
    invisible("❤\ufe0f\ufe0f", "❤"),
    invisible("\ufe0f❤", "❤"),
    invisible("user1\ufe0f", "user1"),
    invisible("م\u200c", "م"), // at the end, where it changes nothing
    invisible("د\u200cم", "دم"), // after a letter that never joins
    invisible("क\u200dष", "कष"), // without a virama
    invisible("👩\u200d", "👩"),
  ],
  "invisible characters that a script needs": [
    fine("❤\ufe0f", "❤"),
    fine("1\ufe0f\u20e3", "1\u20e3"), // keycap
    fine("👩\u200d💻", "👩💻"),
    fine("🏃🏽\u200d♂\ufe0f", "🏃🏽♂"),
    fine("علی\u200cرضا", "علیرضا"), // Persian
    fine("ශ\u0dca\u200dරී", "ශ\u0dcaරී"), // Sinhala
    fine("രാജന\u0d4d\u200d", "രാജന\u0d4d"), // Malayalam, chillu as it was written before Unicode 5.1
    fine("क\u094d\u200cष", "क\u094dष"), // Hindi
    fine("র\u200d\u09cdযাচেল", "র\u09cdযাচেল"), // Bengali ra with ya-phalaa
    fine("ᠰᠠᠷ\u180eᠠ", "ᠰᠠᠷᠠ"), // Mongolian
    fine("葛\u{e0100}城", "葛城"), // variant of an ideograph
  ],
  "characters that Unicode 16 does not have": [
    invisible("user\u{1fac8}", "user\u{1fac8}"), // hairy creature, Unicode 17
    invisible("user\u0378", "user\u0378"),
    invisible("\ua7d2", "\ua7d3"), // capital of Unicode 17
    invisible("\u{40000}", "\u{40000}"),
  ],
  fillers: [
    invisible("user\u3164", "user"), // Hangul filler
    invisible("user\uffa0", "user"), // half-width Hangul filler
    invisible("user\u115f", "user"), // Hangul choseong filler
    invisible("user\u1160", "user"), // Hangul jungseong filler
    invisible("user\u2800", "user"), // Braille pattern blank
    invisible("user\u{1d159}", "user"), // musical symbol null notehead
    invisible("\u3164", ""),
  ],
  "bidirectional controls": [
    invisible("user\u202ename", "username"), // right-to-left override
    invisible("user\u202dname", "username"),
    invisible("user\u200fname", "username"), // right-to-left mark
    invisible("user\u200ename", "username"),
    invisible("user\u2066name\u2069", "username"), // isolates
    invisible("user\u061cname", "username"), // Arabic letter mark
  ],
  "controls, private use, and what is no character": [
    invisible("user\u0000", "user"),
    invisible("user\n", "user"),
    invisible("user\r\nname", "username"),
    invisible("user\tname", "username"),
    invisible("user\u007f", "user"),
    invisible("user\u0085", "user"), // next line
    invisible("user\ue000", "user"), // private use
    invisible("user\u{f0000}", "user"),
    invisible("user\ud800", "user"), // half of a surrogate pair
    invisible("\udc00user", "user"),
    invisible("user\ufffe", "user"), // noncharacter
    invisible("user\u{10ffff}", "user"),
  ],
  blanks: [
    refused("blank", " username", "username"),
    refused("blank", "username ", "username"),
    refused("blank", "user\u00a0name", "user name"), // no-break space
    refused("blank", "user\u2003name", "user name"), // em space
    refused("blank", "user\u3000name", "user name"), // ideographic space
    refused("blank", "user\u202fname", "user name"),
    refused("blank", "user\u1680name", "user\u1680name"), // ogham space mark, which folds into nothing
    refused("blank", "user\u2028", "user"), // line separator
    refused("blank", " ", ""),
  ],
};

/** E-mail addresses. */
export const EMAILS: Readonly<Record<string, readonly Vector[]>> = {
  "plain addresses": [
    fine("ana@example.com"),
    fine("Ana@Example.COM", "ana@example.com"),
    fine("a.b@example.com"),
    fine("ana+tag@example.com"),
    fine('"odd@local"@example.com'),
    fine("o'hara@example.com"),
    fine("ana@sub.example.co.uk"),
    fine("ANA@XN--MNCHEN-3YA.DE", "ana@xn--mnchen-3ya.de"),
    fine("josé@example.com"),
  ],
  "international domains": [
    refused("domain", "ana@münchen.de", "ana@xn--mnchen-3ya.de"),
    refused("domain", "ana@MÜNCHEN.de", "ana@xn--mnchen-3ya.de"),
    refused("domain", "ana@faß.de", "ana@xn--fa-hia.de"), // another domain than fass.de
    fine("ana@fass.de"),
    refused("domain", "ana@例え.jp", "ana@xn--r8jz45g.jp"),
    refused("domain", "ana@пример.рф", "ana@xn--e1afmkfd.xn--p1ai"),
    refused("domain", "ana@☃.net", "ana@xn--n3h.net"),
  ],
  "domains in other spellings": [
    refused("domainForm", "ana@example.com.", "ana@example.com"),
    refused("domainForm", "josé@example.com.", "josé@example.com"),
    refused("domainForm", "ana@ex%61mple.com", "ana@example.com"),
    refused("domainForm", "ana@0x7f.1", "ana@127.0.0.1"),
    refused("domain", "ana@\u212aim.com", "ana@kim.com"), // Kelvin sign
    refused("domain", "ana@example。com", "ana@example.com"), // ideographic full stop
    compatibility("ana@ｅｘａｍｐｌｅ.com", "ana@example.com"),
    invisible("ana@exam\u00adple.com", "ana@example.com"),
    invisible("ana@exam\u200bple.com", "ana@example.com"),
    refused("blank", "ana@example.com ", "ana@example.com"),
  ],
  "the part before the @": [
    compatibility("ａna@example.com", "ana@example.com"),
    compatibility("ana＠example.com", "ana@example.com"),
    invisible("a\u200bna@example.com", "ana@example.com"),
    fine("straße@example.com", "strasse@example.com"),
    fine("\u212aim@example.com", "kim@example.com"),
    fine("jose\u0301@example.com", "josé@example.com"),
    refused("blank", " ana@example.com", "ana@example.com"),
  ],
  "what is no address": [fine("ana"), fine("@"), fine("ana@"), fine("@example.com"), fine("a@b@C.com", "a@b@c.com")],
};
