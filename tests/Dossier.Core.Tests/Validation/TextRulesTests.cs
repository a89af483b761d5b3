using System.Text;
using Dossier.Core.Validation;

namespace Dossier.Core.Tests.Validation;

public class TextRulesTests
{
    [Fact]
    public void An_excerpt_is_short_printable_and_sound_unicode()
    {
        Assert.Equal("a\uFFFDb", TextRules.Excerpt("a\nb"));
        for (var before = 90; before < 101; before++)
        {
            var excerpt = TextRules.Excerpt(new string('a', before) + "🙂🙂🙂🙂🙂🙂🙂🙂");
            Assert.InRange(excerpt.Length, 1, 100);
            Assert.DoesNotContain(Rune.ReplacementChar, excerpt.EnumerateRunes());
        }
    }

    [Fact]
    public void Texts_are_there_bounded_and_without_NUL()
    {
        Assert.Contains("Missing value for required parameter 'name'", Refused.AsInvalid(() => TextRules.Required("", "name", 5)), StringComparison.Ordinal);
        Assert.Equal("", TextRules.Present("k", "", "value", 5));
        Assert.Contains("'value'", Refused.AsInvalid(() => TextRules.Present("k", null, "value", 5)), StringComparison.Ordinal);
        Assert.Contains("6 characters and may have at most 5", Refused.AsInvalid(() => TextRules.Optional("123456", "x", 5)), StringComparison.Ordinal);
        Assert.Contains("NUL", Refused.AsInvalid(() => TextRules.Optional("a\0", "x", 5)), StringComparison.Ordinal);
    }
}
