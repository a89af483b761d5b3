namespace Dossier.Storage;
