namespace Dossier.Artifacts;
