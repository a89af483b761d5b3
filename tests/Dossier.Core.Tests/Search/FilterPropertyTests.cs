using CsCheck;
using Dossier.Core.Search;
using Dossier.Protocol;

namespace Dossier.Core.Tests.Search;

public class FilterPropertyTests
{
    private static readonly Gen<string> AnyText = Gen.String[Gen.OneOf(Gen.Char['a', 'e'], Gen.Char[" '\"`.%_()=<>!,äΩ\\\n"]), 0, 12];

    private static readonly Gen<string> AnyKey = AnyText.Where(text => text.Length > 0);

    private static readonly Gen<Comparator> ForNumbers = Gen.OneOf(
        Comparator.Equal, Comparator.NotEqual, Comparator.Less, Comparator.LessOrEqual, Comparator.Greater, Comparator.GreaterOrEqual);

    private static readonly Gen<Comparator> ForTexts = Gen.OneOf(Comparator.Equal, Comparator.NotEqual, Comparator.Like, Comparator.ILike);

    private static readonly Gen<double> AnyNumber = Gen.Double.Where(double.IsFinite);

    private static readonly Gen<Clause> AnyClause = Gen.OneOf(
        Gen.Select(AnyKey, ForNumbers, AnyNumber, (key, comparator, number) => new Clause(SearchEntity.Metric, key, comparator) { Number = number }),
        Gen.Select(ForNumbers, AnyNumber, (comparator, number) => new Clause(SearchEntity.Attribute, "start_time", comparator) { Number = number }),
        Gen.Select(Gen.OneOf(SearchEntity.Param, SearchEntity.Tag), AnyKey, ForTexts, AnyText, (entity, key, comparator, text) => new Clause(entity, key, comparator) { Text = text }),
        Gen.Select(Gen.OneOf(SearchEntity.Param, SearchEntity.Tag), AnyKey, Gen.OneOf(Comparator.IsNull, Comparator.IsNotNull), (entity, key, comparator) => new Clause(entity, key, comparator)),
        Gen.Select(Gen.OneOf("run_id", "run_name", "status", "user_id"), Gen.OneOf(Comparator.In, Comparator.NotIn), AnyText.List[1, 4], (key, comparator, texts) => new Clause(SearchEntity.Attribute, key, comparator) { Texts = texts }),
        Gen.Select(Gen.OneOf("name", "digest", "context"), ForTexts, AnyText, (key, comparator, text) => new Clause(SearchEntity.Dataset, key, comparator) { Text = text }));

    [Fact]
    public void A_filter_written_with_any_keys_and_quotes_reads_back_as_the_same_clauses() =>
        Gen.Select(AnyClause.List[1, 6], Gen.OneOf('`', '"'), Gen.OneOf('\'', '"')).Sample((clauses, keyQuote, textQuote) =>
        {
            var filter = FilterText.Write(clauses, keyQuote: keyQuote, textQuote: textQuote);
            Assert.Equal(clauses.Select(FilterText.Show), FilterParser.Parse(filter, SearchSchema.Runs).Select(FilterText.Show));
        });

    [Fact]
    public void Any_text_at_all_is_read_or_refused_as_an_invalid_parameter() =>
        Gen.OneOf(Gen.String[0, 40], Pieces).Sample(text =>
        {
            try
            {
                FilterParser.Parse(text, SearchSchema.Runs);
                OrderParser.Parse([text], SearchSchema.Runs);
            }
            catch (ProtocolException e)
            {
                Assert.Equal(ErrorCode.InvalidParameterValue, e.ErrorCode);
            }
        });

    private static Gen<string> Pieces => Gen.OneOf(
            "metrics", ".", "`", "\"", "'", "a", " ", "=", "!", "<", ">", "(", ")", ",", "IN", "NOT", "IS", "NULL", "AND", "OR", "LIKE", "1e3", "-", "attributes.status", "tags.`x`", "'v'")
        .List[0, 14].Select(string.Concat);
}
