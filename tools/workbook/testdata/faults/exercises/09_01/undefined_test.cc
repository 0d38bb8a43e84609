namespace workbook {
int Linked(int bytes);
}

int main() { return workbook::Linked(8); }
