using Dossier.Protocol.Json;
using Dossier.Reports.Data;

namespace Dossier.Reports.Layouts.Classic;

/// <summary>"MLflow Model" and "Raw Model - Feature Store": an MLmodel file's details, flavors, signature and input example.</summary>
internal static class MlModelSections
{
    public static void LayModel(ClassicBody to, MlModelView model, LayoutOptions options)
    {
        to.Heading(1, "MLflow Model");
        to.Details(model.Members);
        LayFlavors(to, 3, model.Flavors, options.ShowAsJson);
        LaySignature(to, model.Signature);
        to.KeyValues(2, "Saved input example info", model.InputExample);
    }

    /// <summary>A wrapper whose inner model is not known has no such section.</summary>
    public static void LayFeatureStore(ClassicBody to, FeatureStoreView? wrapper, LayoutOptions options)
    {
        if (wrapper is not { IsKnown: true })
        {
            return;
        }

        to.Heading(1, "Raw Model - Feature Store");
        to.Details(wrapper.Model.Members);
        LayFlavors(to, 2, wrapper.Model.Flavors, options.ShowAsJson);
        to.Heading(2, "Feature Spec");
        to.DataOrAbsent(wrapper.Spec);
    }

    private static void LayFlavors(ClassicBody to, int level, RecordValue? flavors, bool showAsJson)
    {
        to.Heading(level, "Flavors");
        if (flavors is not RecordObject { IsEmpty: false } members)
        {
            to.DataOrAbsent(flavors);
            return;
        }

        foreach (var (name, flavor) in members)
        {
            var title = $"Flavor '{name}'";
            if (flavor is not RecordObject and not RecordNull)
            {
                // A placeholder: the overview shows its text already.
                to.Heading(level + 1, title);
            }
            else if (showAsJson)
            {
                to.Heading(level + 1, title);
                to.DataOrAbsent(flavor);
            }
            else
            {
                to.KeyValues(level + 1, title, flavor);
            }
        }
    }

    private static void LaySignature(ClassicBody to, RecordValue? signature)
    {
        to.Heading(2, "Signature");
        if (signature is RecordObject { IsEmpty: false } members)
        {
            LayList(to, "Inputs", ["Column", "Type"], members["inputs"], ["name", "type"]);
            LayList(to, "Outputs", ["Type name", "Type value"], members["outputs"], ["type", "tensor-spec"]);
        }
        else
        {
            to.DataOrAbsent(signature);
        }
    }

    private static void LayList(ClassicBody to, string title, IReadOnlyList<string> columns, RecordValue? list, IReadOnlyList<string> members)
    {
        to.Heading(3, title);
        if (list is RecordList { IsEmpty: false } array)
        {
            to.Grid(columns, array.Select(item => Row(item as RecordObject ?? [], members)));
        }
        else if (list is not RecordList)
        {
            to.DataOrAbsent(list);
        }
    }

    private static IEnumerable<RecordValue> Row(RecordObject item, IReadOnlyList<string> members) =>
        members.Select(member => item[member] ?? RecordNull.Value);
}
